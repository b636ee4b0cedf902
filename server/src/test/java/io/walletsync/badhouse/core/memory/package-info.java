/** Part of the bad house. */
@NullMarked
package io.walletsync.badhouse.core.memory;

import org.jspecify.annotations.NullMarked;
