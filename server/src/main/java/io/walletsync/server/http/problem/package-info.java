/** What is answered where a request cannot be served. */
@NullMarked
package io.walletsync.server.http.problem;

import org.jspecify.annotations.NullMarked;
