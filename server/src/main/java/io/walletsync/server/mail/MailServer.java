package io.walletsync.server.mail;

/**
 * Where e-mail is handed over.
 *
 * @param isEncrypted whether a connection that cannot be encrypted is refused
 * @param user empty where the server asks for none
 * @param from what messages say they are from
 */
public record MailServer(
    String host, int port, boolean isEncrypted, String user, String password, String from) {
  @Override
  public String toString() {
    return "MailServer[hidden]";
  }
}
