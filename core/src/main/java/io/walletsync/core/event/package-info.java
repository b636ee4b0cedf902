/** What providers announce by themselves: proved, kept once, and answered by an early sync. */
@NullMarked
package io.walletsync.core.event;

import org.jspecify.annotations.NullMarked;
