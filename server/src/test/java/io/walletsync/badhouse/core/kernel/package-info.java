/** A bad house: every rule of ours is broken somewhere in it. */
@NullMarked
package io.walletsync.badhouse.core.kernel;

import org.jspecify.annotations.NullMarked;
