/** The API over HTTP: signatures, routes, JSON, problems. */
@NullMarked
package io.walletsync.server.http;

import org.jspecify.annotations.NullMarked;
