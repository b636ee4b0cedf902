package io.walletsync.server.http.access;

import io.walletsync.core.access.Scope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The scope a caller needs for a route; a route without it is served to nobody. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresScope {
  Scope value();

  /** Whether the use case burns the nonce in its own transaction, as a sync does. */
  boolean claimsNonce() default false;
}
