/** The main job: read a wallet's balance at its provider and record it exactly once. */
@NullMarked
package io.walletsync.core.sync;

import org.jspecify.annotations.NullMarked;
