/** What is counted and timed, under the names that dashboards and alerts rely on. */
@NullMarked
package io.walletsync.server.metrics;

import org.jspecify.annotations.NullMarked;
