/** The adapter for Flutterwave's API v4. */
@NullMarked
package io.walletsync.server.provider.flutterwave.v4;

import org.jspecify.annotations.NullMarked;
