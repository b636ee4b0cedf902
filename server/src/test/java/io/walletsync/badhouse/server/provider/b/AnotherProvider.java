package io.walletsync.badhouse.server.provider.b;

/** The other provider. */
public record AnotherProvider(String name) {}
