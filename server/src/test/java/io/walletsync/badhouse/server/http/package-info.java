/** Part of the bad house. */
@NullMarked
package io.walletsync.badhouse.server.http;

import org.jspecify.annotations.NullMarked;
