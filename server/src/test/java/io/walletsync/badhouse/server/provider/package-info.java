/** Part of the bad house. */
@NullMarked
package io.walletsync.badhouse.server.provider;

import org.jspecify.annotations.NullMarked;
