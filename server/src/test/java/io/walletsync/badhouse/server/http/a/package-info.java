/** Part of the bad house. */
@NullMarked
package io.walletsync.badhouse.server.http.a;

import org.jspecify.annotations.NullMarked;
