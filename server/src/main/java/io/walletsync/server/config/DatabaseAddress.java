package io.walletsync.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * Where a PostgreSQL is and who enters it.
 *
 * @param jdbcUrl without user and password; what follows its question mark is not shown either
 */
public record DatabaseAddress(String jdbcUrl, String user, String password) {
  private static final String ACCEPTED =
      " must look like postgresql://user:password@host:5432/database"
          + " or jdbc:postgresql://host:5432/database?user=…&password=…, with special characters in"
          + " user and password written as %XX.";

  /** Reads the JDBC and the libpq way of writing it; {@code setting} is named when it is wrong. */
  public static DatabaseAddress parse(String setting, String text) {
    try {
      return text.startsWith("jdbc:") ? ofJdbcUrl(setting, text) : ofUri(setting, text);
    } catch (URISyntaxException | IllegalArgumentException _) {
      // without its cause, which would repeat the password
      throw new SettingsProblem(setting + ACCEPTED);
    }
  }

  private static DatabaseAddress ofJdbcUrl(String setting, String text) {
    var question = text.indexOf('?');
    var place = question < 0 ? text : text.substring(0, question);
    if (!place.matches("jdbc:postgresql:[^@]+")) {
      throw new SettingsProblem(setting + ACCEPTED);
    }
    var query = question < 0 ? "" : text.substring(question + 1);
    var user = parameter("user", query);
    if (user.isEmpty()) {
      throw new SettingsProblem(setting + " names no user: it" + ACCEPTED);
    }
    return new DatabaseAddress(place + otherParameters(query), user, parameter("password", query));
  }

  private static String parameter(String name, String query) {
    for (var parameter : query.split("&", -1)) {
      if (parameter.startsWith(name + "=")) {
        return decode(parameter.substring(name.length() + 1));
      }
    }
    return "";
  }

  private static DatabaseAddress ofUri(String setting, String text) throws URISyntaxException {
    var uri = new URI(text);
    var scheme = uri.getScheme();
    // not getHost, which knows neither several hosts nor an underscore in a name
    var authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    var at = authority.lastIndexOf('@');
    var path = uri.getRawPath();
    if (!("postgresql".equals(scheme) || "postgres".equals(scheme))
        || at < 1
        || authority.startsWith(":")
        || at == authority.length() - 1
        || path == null
        || path.length() < 2
        || uri.getRawFragment() != null) {
      throw new SettingsProblem(setting + ACCEPTED);
    }
    var login = authority.substring(0, at).split(":", 2);
    var query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    return new DatabaseAddress(
        "jdbc:postgresql://" + authority.substring(at + 1) + path + otherParameters(query),
        decode(login[0]),
        login.length == 1 ? "" : decode(login[1]));
  }

  private static String otherParameters(String query) {
    var others = new StringJoiner("&", "?", "").setEmptyValue("");
    for (var parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()
          && !parameter.startsWith("user=")
          && !parameter.startsWith("password=")) {
        others.add(parameter);
      }
    }
    return others.toString();
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return user + " at " + jdbcUrl.replaceFirst("[?].*", "");
  }
}
