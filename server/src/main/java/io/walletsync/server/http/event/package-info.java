/** Notifications of the providers, and the inbox they lie in. */
@NullMarked
package io.walletsync.server.http.event;

import org.jspecify.annotations.NullMarked;
