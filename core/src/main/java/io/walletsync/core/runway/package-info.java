/** How long the money in a wallet lasts, by what went out of it before and what is planned. */
@NullMarked
package io.walletsync.core.runway;

import org.jspecify.annotations.NullMarked;
