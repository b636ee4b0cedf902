package io.walletsync.badhouse.server.provider.simulator;

import io.walletsync.badhouse.server.provider.simulator.a.SeesAnotherSimulator;

/** What is shared sees one of those who share it. */
public record SharedBySimulators(SeesAnotherSimulator simulator) {}
