/**
 * Messages to subscribers: addressed, sent, tried again, and kept until they are dead or delivered.
 */
@NullMarked
package io.walletsync.core.delivery;

import org.jspecify.annotations.NullMarked;
