package io.walletsync.server.mail;

import java.util.Optional;

/**
 * Whether this server can send e-mail.
 *
 * @param server empty where the settings name none
 */
public record OutgoingMail(Optional<MailServer> server) {}
