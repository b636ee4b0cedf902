/** Fuzz tests of everything that reads what a provider, or somebody in its name, sent. */
@NullMarked
package io.walletsync.server.fuzz;

import org.jspecify.annotations.NullMarked;
