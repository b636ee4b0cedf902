package io.walletsync.server.limitedkey;

/** Lays the walks over one group of routes; what they need is there before the first is walked. */
interface Walk {
  void lay();
}
