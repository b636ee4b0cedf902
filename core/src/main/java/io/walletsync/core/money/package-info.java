/** Exact amounts in a currency; never a float. */
@NullMarked
package io.walletsync.core.money;

import org.jspecify.annotations.NullMarked;
