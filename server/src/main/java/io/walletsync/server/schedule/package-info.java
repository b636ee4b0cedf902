/** What a node does by itself, now and then: the ticks that start use cases. */
@NullMarked
package io.walletsync.server.schedule;

import org.jspecify.annotations.NullMarked;
