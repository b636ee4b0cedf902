package io.walletsync.badhouse.core.sync;

import io.walletsync.badhouse.core.memory.InMemoryPurses;

/** A feature that sees the in-memory storage. */
public record SeesTheMemory(InMemoryPurses purses) {}
