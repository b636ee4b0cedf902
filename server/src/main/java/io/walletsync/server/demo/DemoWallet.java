package io.walletsync.server.demo;

/**
 * A wallet after its first sync, in words.
 *
 * @param balance the one that is recorded, be it by an earlier run
 * @param failure why the sync failed; empty where it did not
 */
record DemoWallet(
    String id,
    String connection,
    String provider,
    String currency,
    String balance,
    String asOf,
    String failure) {}
