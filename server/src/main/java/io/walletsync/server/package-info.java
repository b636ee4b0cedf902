/** The process: start, stop, and the commands of the server. */
@NullMarked
package io.walletsync.server;

import org.jspecify.annotations.NullMarked;
