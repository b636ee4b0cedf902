/** What the adapters of Flutterwave's two APIs share: amounts, addresses and announcements. */
@NullMarked
package io.walletsync.server.provider.flutterwave;

import org.jspecify.annotations.NullMarked;
