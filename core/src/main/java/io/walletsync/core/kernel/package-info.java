/** What every feature may use: transactions, pages, keys, and the exact treatment of time. */
@NullMarked
package io.walletsync.core.kernel;

import org.jspecify.annotations.NullMarked;
