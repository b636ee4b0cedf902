/** Who calls: signatures, scopes, API keys and the audit trail. */
@NullMarked
package io.walletsync.server.http.access;

import org.jspecify.annotations.NullMarked;
