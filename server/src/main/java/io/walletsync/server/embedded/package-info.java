/** The PostgreSQL that WalletSync brings along and runs itself where no database is configured. */
@NullMarked
package io.walletsync.server.embedded;

import org.jspecify.annotations.NullMarked;
