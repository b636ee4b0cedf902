/**
 * The description of the API, and what is served: a {@code …Calls} for each group of routes, which
 * together get every documented answer.
 */
@NullMarked
package io.walletsync.server.openapi;

import org.jspecify.annotations.NullMarked;
