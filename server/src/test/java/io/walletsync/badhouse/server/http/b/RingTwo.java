package io.walletsync.badhouse.server.http.b;

import io.walletsync.badhouse.server.http.a.RingOne;

/** Shows a route of a group that shows this one. */
public record RingTwo(RingOne other) {}
