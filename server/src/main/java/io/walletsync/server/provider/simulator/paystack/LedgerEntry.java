package io.walletsync.server.provider.simulator.paystack;

import java.time.Instant;

/** A movement of money and the balance after it, in subunits. */
record LedgerEntry(
    long id,
    String currency,
    long difference,
    long balance,
    String model,
    long modelRow,
    Instant at) {}
