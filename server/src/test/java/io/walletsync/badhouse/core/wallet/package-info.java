/** Part of the bad house. */
@NullMarked
package io.walletsync.badhouse.core.wallet;

import org.jspecify.annotations.NullMarked;
