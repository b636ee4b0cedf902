/** Rules about balances and about the watching itself, and the alerts that they open and end. */
@NullMarked
package io.walletsync.core.alert;

import org.jspecify.annotations.NullMarked;
