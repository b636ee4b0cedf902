package io.walletsync.badhouse.server;

/** The process. */
public record MainProcess(String name) {}
