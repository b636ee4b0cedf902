/** Whether a condition holds: what is known of a wallet, and what a rule makes of it. */
@NullMarked
package io.walletsync.core.judgement;

import org.jspecify.annotations.NullMarked;
