/** Sends messages by e-mail. */
@NullMarked
package io.walletsync.server.mail;

import org.jspecify.annotations.NullMarked;
