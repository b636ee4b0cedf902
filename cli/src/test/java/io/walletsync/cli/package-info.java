/** The commands, run against a server that checks signatures. */
@NullMarked
package io.walletsync.cli;

import org.jspecify.annotations.NullMarked;
