/** Planned outflows and how long the money lasts. */
@NullMarked
package io.walletsync.server.http.runway;

import org.jspecify.annotations.NullMarked;
