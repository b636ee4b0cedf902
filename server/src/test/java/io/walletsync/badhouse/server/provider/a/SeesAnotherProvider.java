package io.walletsync.badhouse.server.provider.a;

import io.walletsync.badhouse.server.provider.b.AnotherProvider;

/** A provider that sees another one. */
public record SeesAnotherProvider(AnotherProvider other) {}
