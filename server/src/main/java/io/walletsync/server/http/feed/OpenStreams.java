package io.walletsync.server.http.feed;

/**
 * How many streams of events one node keeps open.
 *
 * @param most who comes then is told to come again later
 */
public record OpenStreams(int most) {}
