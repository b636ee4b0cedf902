/** How values are read from requests and written to answers. */
@NullMarked
package io.walletsync.server.http.wire;

import org.jspecify.annotations.NullMarked;
