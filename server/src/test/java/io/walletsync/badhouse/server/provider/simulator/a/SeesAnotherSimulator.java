package io.walletsync.badhouse.server.provider.simulator.a;

import io.walletsync.badhouse.server.provider.simulator.b.AnotherSimulator;

/** A simulator that sees another one. */
public record SeesAnotherSimulator(AnotherSimulator other) {}
