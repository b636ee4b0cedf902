/** In-memory adapters of the driven ports, for tests and experiments. */
@NullMarked
package io.walletsync.core.memory;

import org.jspecify.annotations.NullMarked;
