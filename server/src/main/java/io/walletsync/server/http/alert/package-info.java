/** Alert rules and alerts. */
@NullMarked
package io.walletsync.server.http.alert;

import org.jspecify.annotations.NullMarked;
