/** Commands that call the public API with signed requests. */
@NullMarked
package io.walletsync.cli;

import org.jspecify.annotations.NullMarked;
