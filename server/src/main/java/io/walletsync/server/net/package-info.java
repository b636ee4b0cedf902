/** What adapters that call others over HTTP share; it knows none of them. */
@NullMarked
package io.walletsync.server.net;

import org.jspecify.annotations.NullMarked;
