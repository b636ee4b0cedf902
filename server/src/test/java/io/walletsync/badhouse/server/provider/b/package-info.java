/** Part of the bad house. */
@NullMarked
package io.walletsync.badhouse.server.provider.b;

import org.jspecify.annotations.NullMarked;
