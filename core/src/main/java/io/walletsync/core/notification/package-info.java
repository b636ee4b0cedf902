/** What others are told of: written with the change itself, and listed in one order for all. */
@NullMarked
package io.walletsync.core.notification;

import org.jspecify.annotations.NullMarked;
