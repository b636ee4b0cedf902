/** Part of the bad house. */
@NullMarked
package io.walletsync.badhouse.core.sync;

import org.jspecify.annotations.NullMarked;
