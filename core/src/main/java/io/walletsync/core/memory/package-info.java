/** Every driven port, kept in memory: for tests and for trying things out. */
@NullMarked
package io.walletsync.core.memory;

import org.jspecify.annotations.NullMarked;
