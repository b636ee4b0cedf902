/**
 * What the history of balances says over a period: its curve in buckets, and how often it moves.
 */
@NullMarked
package io.walletsync.core.analytics;

import org.jspecify.annotations.NullMarked;
