package io.walletsync.badhouse.server.provider.simulator.b;

/** The other simulator. */
public record AnotherSimulator(String name) {}
