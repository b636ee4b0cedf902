/** What tests of the whole server stand on: a database, a provider, a server and a client. */
@NullMarked
package io.walletsync.server.support;

import org.jspecify.annotations.NullMarked;
