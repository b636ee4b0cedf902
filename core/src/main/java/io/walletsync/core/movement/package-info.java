/** What moved the money, out of the providers' own ledgers, and which changes that explains. */
@NullMarked
package io.walletsync.core.movement;

import org.jspecify.annotations.NullMarked;
