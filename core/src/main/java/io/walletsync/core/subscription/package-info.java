/** Who wants to be told of what, on which channel, and under which secret. */
@NullMarked
package io.walletsync.core.subscription;

import org.jspecify.annotations.NullMarked;
