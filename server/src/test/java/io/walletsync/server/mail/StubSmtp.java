package io.walletsync.server.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that knows some recipients not, and says so in words that repeat them. */
final class StubSmtp implements AutoCloseable {
  private final ServerSocket listening;
  private final Set<String> unknown;
  private final String atTheEnd;
  private final List<List<String>> delivered = new CopyOnWriteArrayList<>();

  StubSmtp(Set<String> unknown) {
    this(unknown, "250 2.0.0 queued");
  }

  /** One that answers a whole message so. */
  StubSmtp(Set<String> unknown, String atTheEnd) {
    this.unknown = unknown;
    this.atTheEnd = atTheEnd;
    try {
      listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::serve);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** To whom each message that was taken went. */
  List<List<String>> delivered() {
    return delivered;
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (var client = listening.accept()) {
        talk(client);
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void talk(Socket client) throws IOException {
    var lines =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    say(client, "220 stub");
    var to = new ArrayList<String>();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var command = line.toUpperCase(Locale.ROOT);
      if (command.startsWith("RCPT TO:")) {
        var address = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
        if (address.startsWith("later@")) {
          say(client, "451 4.7.1 try again later");
        } else if (unknown.contains(address)) {
          say(client, "550 5.1.1 <" + address.toUpperCase(Locale.ROOT) + "> no such mailbox");
        } else {
          to.add(address);
          say(client, "250 2.1.5 ok");
        }
      } else if (command.startsWith("DATA")) {
        say(client, "354 go on");
        while (!".".equals(lines.readLine())) {
          // the message itself is not what is tested
        }
        if (atTheEnd.startsWith("2")) {
          delivered.add(List.copyOf(to));
        }
        say(client, atTheEnd);
      } else if (command.startsWith("QUIT")) {
        say(client, "221 bye");
        return;
      } else {
        say(client, "250 ok");
      }
    }
  }

  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
