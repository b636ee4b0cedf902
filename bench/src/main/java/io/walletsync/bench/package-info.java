/** The benchmark: starts the product and measures it beside what its database can do. */
@NullMarked
package io.walletsync.bench;

import org.jspecify.annotations.NullMarked;
