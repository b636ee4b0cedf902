package io.walletsync.server.provider.simulator;

import java.net.URI;
import java.util.regex.Pattern;

/** Which page of the ledger is asked for; the first 50 rows where the query does not say. */
record PageRequest(int perPage, int page) {
  private static final Pattern PER_PAGE =
      Pattern.compile("(?:^|&)perPage=([1-9][0-9]{0,3})(?:&|$)");
  private static final Pattern PAGE = Pattern.compile("(?:^|&)page=([1-9][0-9]{0,8})(?:&|$)");

  static PageRequest of(URI uri) {
    var query = uri.getQuery() == null ? "" : uri.getQuery();
    return new PageRequest(number(PER_PAGE, query, 50), number(PAGE, query, 1));
  }

  private static int number(Pattern pattern, String query, int otherwise) {
    var matcher = pattern.matcher(query);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
  }
}
