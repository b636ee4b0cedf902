/** The port to payment providers: what they report and how they fail. */
@NullMarked
package io.walletsync.core.provider;

import org.jspecify.annotations.NullMarked;
