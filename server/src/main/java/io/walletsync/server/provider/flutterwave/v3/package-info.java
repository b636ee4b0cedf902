/** The adapter for Flutterwave's API v3. */
@NullMarked
package io.walletsync.server.provider.flutterwave.v3;

import org.jspecify.annotations.NullMarked;
