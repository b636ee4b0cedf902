/** What the user's own books say, held against what the providers say. */
@NullMarked
package io.walletsync.core.reconciliation;

import org.jspecify.annotations.NullMarked;
