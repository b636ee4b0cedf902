package io.walletsync.badhouse.server.net;

import io.walletsync.badhouse.server.provider.b.AnotherProvider;

/** Knows one of those that it is for. */
record SharedByAdapters(AnotherProvider known) {}
