package io.walletsync.core.movement;

import io.walletsync.core.money.Money;
import java.time.Instant;

/**
 * Where movements are missing: the balance before one movement is not the balance after the one
 * before it.
 *
 * @param afterKey the last movement that is there
 * @param beforeKey the next one that is there
 * @param amount what the missing ones add up to; never zero
 */
public record Hole(
    String afterKey, Instant after, String beforeKey, Instant before, Money amount) {}
