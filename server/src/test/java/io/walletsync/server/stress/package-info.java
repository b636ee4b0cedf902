/** What the whole server must bear: many callers, bad providers, kills, and a lost database. */
@NullMarked
package io.walletsync.server.stress;

import org.jspecify.annotations.NullMarked;
