package io.walletsync.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a PostgreSQL is and who enters it.
 *
 * @param jdbcUrl without user and password, so that it can be shown
 */
public record DatabaseAddress(String jdbcUrl, String user, String password) {
  private static final String ACCEPTED =
      " must look like postgresql://user:password@host:5432/database"
          + " or jdbc:postgresql://host:5432/database?user=…&password=…";

  /** Reads the JDBC and the libpq way of writing it; {@code setting} is named when it is wrong. */
  public static DatabaseAddress parse(String setting, String text) {
    return text.startsWith("jdbc:") ? ofJdbcUrl(setting, text) : ofUri(setting, text);
  }

  private static DatabaseAddress ofJdbcUrl(String setting, String text) {
    if (!text.matches("jdbc:postgresql:.+")) {
      throw new SettingsProblem(setting + ACCEPTED + ".");
    }
    var question = text.indexOf('?');
    var query = question < 0 ? "" : text.substring(question + 1);
    var url = new StringBuilder(question < 0 ? text : text.substring(0, question));
    appendOtherParameters(url, query);
    var user = parameter("user", query);
    if (user.isEmpty()) {
      throw new SettingsProblem(setting + " names no user: it" + ACCEPTED + ".");
    }
    return new DatabaseAddress(url.toString(), user, parameter("password", query));
  }

  private static String parameter(String name, String query) {
    for (var parameter : query.split("&", -1)) {
      if (parameter.startsWith(name + "=")) {
        return decode(parameter.substring(name.length() + 1));
      }
    }
    return "";
  }

  private static DatabaseAddress ofUri(String setting, String text) {
    try {
      var uri = new URI(text);
      var scheme = uri.getScheme();
      var login = uri.getRawUserInfo();
      var path = uri.getRawPath();
      if (!("postgresql".equals(scheme) || "postgres".equals(scheme))
          || uri.getHost() == null
          || login == null
          || path == null
          || path.length() < 2) {
        throw new SettingsProblem(setting + ACCEPTED + ".");
      }
      var colon = login.indexOf(':');
      var url = new StringBuilder("jdbc:postgresql://").append(uri.getHost());
      if (uri.getPort() >= 0) {
        url.append(':').append(uri.getPort());
      }
      url.append(path);
      if (uri.getRawQuery() != null) {
        appendOtherParameters(url, uri.getRawQuery());
      }
      return new DatabaseAddress(
          url.toString(),
          decode(colon < 0 ? login : login.substring(0, colon)),
          colon < 0 ? "" : decode(login.substring(colon + 1)));
    } catch (URISyntaxException e) {
      // without its cause, which would repeat the password
      throw new SettingsProblem(
          setting + ACCEPTED + "; special characters in the password are written as %XX.");
    }
  }

  private static void appendOtherParameters(StringBuilder url, String query) {
    var separator = '?';
    for (var parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()
          && !parameter.startsWith("user=")
          && !parameter.startsWith("password=")) {
        url.append(separator).append(parameter);
        separator = '&';
      }
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return user + " at " + jdbcUrl;
  }
}
