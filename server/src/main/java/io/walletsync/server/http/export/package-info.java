/** The record as files. */
@NullMarked
package io.walletsync.server.http.export;

import org.jspecify.annotations.NullMarked;
