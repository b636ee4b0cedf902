/** Publishing of what happened to a topic outside, in order and without a gap. */
@NullMarked
package io.walletsync.core.publishing;

import org.jspecify.annotations.NullMarked;
