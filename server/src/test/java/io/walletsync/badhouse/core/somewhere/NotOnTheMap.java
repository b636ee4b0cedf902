package io.walletsync.badhouse.core.somewhere;

/** In a package that is neither on the map nor null-marked. */
public record NotOnTheMap(String name) {}
