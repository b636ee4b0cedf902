/**
 * The channels on which people and machines are told: what they are, where they may lead, and who
 * sends.
 */
@NullMarked
package io.walletsync.core.channel;

import org.jspecify.annotations.NullMarked;
