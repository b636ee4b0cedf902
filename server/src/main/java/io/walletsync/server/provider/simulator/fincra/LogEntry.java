package io.walletsync.server.provider.simulator.fincra;

import java.math.BigDecimal;

/** A movement: the wallet before and after it. */
record LogEntry(
    long id,
    String reference,
    Cause cause,
    BigDecimal amount,
    SimulatedWallet before,
    SimulatedWallet after) {}
