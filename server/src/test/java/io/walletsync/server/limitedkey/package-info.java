/**
 * An API key that is limited to one of two connections, on every route: a {@code …Walks} for each
 * group of routes, named as their package.
 */
@NullMarked
package io.walletsync.server.limitedkey;

import org.jspecify.annotations.NullMarked;
