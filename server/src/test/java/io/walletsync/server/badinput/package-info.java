/**
 * Malformed requests to every route: what all refuse in the same way, and a {@code Bad…Input} for
 * what only one group of routes reads, named as its package of routes.
 */
@NullMarked
package io.walletsync.server.badinput;

import org.jspecify.annotations.NullMarked;
