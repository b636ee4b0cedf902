/** Who else is told, and how that went. */
@NullMarked
package io.walletsync.server.http.subscription;

import org.jspecify.annotations.NullMarked;
