/** Part of the bad house. */
@NullMarked
package io.walletsync.badhouse.server.http.b;

import org.jspecify.annotations.NullMarked;
