/** What happened, page by page and as a stream. */
@NullMarked
package io.walletsync.server.http.feed;

import org.jspecify.annotations.NullMarked;
