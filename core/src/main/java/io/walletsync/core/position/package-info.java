/** How much money there is in all, by whatever it is grouped, and how sure that is. */
@NullMarked
package io.walletsync.core.position;

import org.jspecify.annotations.NullMarked;
