package io.walletsync.cli;

import io.walletsync.core.access.RequestSigner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * Which server to call and with which key; the secret is never an option, because options show in
 * the list of processes.
 */
final class ServerOptions {
  private static final String DEFAULT_URL = "http://127.0.0.1:8080";
  private static final Pattern KEY_ID = Pattern.compile("[!-~&&[^\"\\\\]]{1,255}");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  private final Map<String, String> environment;
  private final InstantSource clock;

  @Option(
      names = "--url",
      scope = ScopeType.INHERIT,
      paramLabel = "<url>",
      description = "The server (WALLETSYNC_URL, else " + DEFAULT_URL + ").")
  private @Nullable String url;

  @Option(
      names = "--key-id",
      scope = ScopeType.INHERIT,
      paramLabel = "<id>",
      description = "The API key's id (WALLETSYNC_KEY_ID).")
  private @Nullable String keyId;

  @Option(
      names = "--secret-file",
      scope = ScopeType.INHERIT,
      paramLabel = "<file>",
      description = "File with the key's base64 secret (else WALLETSYNC_KEY_SECRET holds it).")
  private @Nullable Path secretFile;

  ServerOptions(Map<String, String> environment, InstantSource clock) {
    this.environment = environment;
    this.clock = clock;
  }

  URI server() {
    var text = firstOf(url, "WALLETSYNC_URL");
    var server = parsed(text == null ? DEFAULT_URL : text);
    var scheme = server.getScheme();
    if (!("http".equals(scheme) || "https".equals(scheme))
        || server.getHost() == null
        || server.getRawUserInfo() != null
        || server.getRawQuery() != null
        || server.getRawFragment() != null) {
      throw new UsageProblem("The server's address must look like " + DEFAULT_URL + ".");
    }
    return server;
  }

  /** Signing proves who asks; only TLS hides the answer, so plain http belongs on loopback. */
  static boolean isReadableOnTheWay(URI server) {
    return "http".equals(server.getScheme()) && !LOOPBACK.matcher(server.getHost()).matches();
  }

  Api api() {
    var id = firstOf(keyId, "WALLETSYNC_KEY_ID");
    if (id == null) {
      throw new UsageProblem("No API key: set WALLETSYNC_KEY_ID and WALLETSYNC_KEY_SECRET.");
    }
    if (!KEY_ID.matcher(id).matches()) {
      throw new UsageProblem("The API key's id has characters that no key id has.");
    }
    return new Api(server(), new RequestSigner(id, secret(), clock));
  }

  private byte[] secret() {
    var origin = secretFile == null ? "WALLETSYNC_KEY_SECRET" : secretFile.toString();
    var text = secretFile == null ? environment.get("WALLETSYNC_KEY_SECRET") : contents(secretFile);
    if (text == null || text.isBlank()) {
      throw new UsageProblem(
          "No secret in " + origin + ": set WALLETSYNC_KEY_SECRET or give --secret-file.");
    }
    try {
      return Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException notBase64) {
      // The cause is left out: its message may quote the secret.
      throw new UsageProblem("The secret in " + origin + " is not base64.");
    }
  }

  private static String contents(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UsageProblem("Cannot read the secret file " + file + ".");
    }
  }

  private static URI parsed(String text) {
    try {
      return URI.create(text.strip().replaceFirst("/+$", ""));
    } catch (IllegalArgumentException malformed) {
      throw new UsageProblem("Not an address: " + text);
    }
  }

  private @Nullable String firstOf(@Nullable String option, String variable) {
    var value = option == null ? environment.get(variable) : option;
    return value == null || value.isBlank() ? null : value;
  }
}
