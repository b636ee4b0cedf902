package io.walletsync.badhouse.server.http.a;

import io.walletsync.badhouse.server.http.b.RingTwo;

/** Shows a route of a group that shows this one. */
public record RingOne(RingTwo other) {}
