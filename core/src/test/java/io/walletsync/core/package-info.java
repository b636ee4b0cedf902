/** What the tests of the core and of its adapters share: examples, a clock, ids, threads. */
@NullMarked
package io.walletsync.core;

import org.jspecify.annotations.NullMarked;
