/** What is kept for a while only, and how it is forgotten. */
@NullMarked
package io.walletsync.core.retention;

import org.jspecify.annotations.NullMarked;
