package io.walletsync.cli;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Turns a refusal (RFC 9457 problem or whatever a proxy says) into lines a person can read. */
final class Refusals {
  private static final String TYPES = "urn:walletsync:problem:";

  private Refusals() {}

  static Answer.Refusal read(HttpResponse<String> response) {
    var status = "HTTP " + response.statusCode();
    var retry = response.headers().firstValue("Retry-After");
    if (retry.isPresent()) {
      status += ", Retry-After " + retry.get();
    }
    var problem = Json.read(response.body());
    if (problem == null || !problem.path("title").isString()) {
      return new Answer.Refusal(
          response.statusCode(),
          "",
          List.of(printable("The answer is not from WalletSync's API (" + status + ").")));
    }
    if (problem.path("reason").isString()) {
      status += ", reason " + problem.path("reason").asString();
    }
    var lines = new ArrayList<String>();
    lines.add(printable(sentence(problem) + " (" + status + ")"));
    for (var error : problem.path("errors")) {
      lines.add(printable("  " + place(error) + error.path("detail").asString("")));
    }
    return new Answer.Refusal(response.statusCode(), name(problem), lines);
  }

  private static String name(JsonNode problem) {
    var type = problem.path("type").asString("");
    return type.startsWith(TYPES) ? type.substring(TYPES.length()) : "";
  }

  private static String sentence(JsonNode problem) {
    var title = problem.path("title").asString();
    var detail = problem.path("detail").asString("");
    return detail.isEmpty() ? title : title + ": " + detail;
  }

  private static String place(JsonNode error) {
    for (var member : List.of("field", "pointer", "parameter", "header")) {
      if (error.path(member).isString()) {
        return error.path(member).asString() + ": ";
      }
    }
    return "";
  }

  /** A provider's words may stand in a problem; they must not steer the terminal. */
  private static String printable(String line) {
    return line.replaceAll("\\p{Cntrl}", " ");
  }
}
