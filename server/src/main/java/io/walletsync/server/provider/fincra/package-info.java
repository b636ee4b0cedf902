/** The adapter for Fincra. */
@NullMarked
package io.walletsync.server.provider.fincra;

import org.jspecify.annotations.NullMarked;
