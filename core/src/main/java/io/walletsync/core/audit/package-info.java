/** Who did what, when and with which result: the append-only trail of every state change. */
@NullMarked
package io.walletsync.core.audit;

import org.jspecify.annotations.NullMarked;
