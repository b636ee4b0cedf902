/** PostgreSQL behind the core's ports. SQL stands beside the method that runs it. */
@NullMarked
package io.walletsync.server.postgres;

import org.jspecify.annotations.NullMarked;
