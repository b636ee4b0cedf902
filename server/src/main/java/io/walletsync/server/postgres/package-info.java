/** The ports kept in PostgreSQL, and how secrets are sealed before they get there. */
@NullMarked
package io.walletsync.server.postgres;

import org.jspecify.annotations.NullMarked;
