/** Who may call: API keys, signed requests, scopes. */
@NullMarked
package io.walletsync.core.access;

import org.jspecify.annotations.NullMarked;
