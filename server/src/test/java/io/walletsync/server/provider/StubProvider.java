package io.walletsync.server.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.walletsync.core.provider.BalanceProviderContract.Scene;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A provider on a plain socket, because it must also misbehave in ways no HTTP server would: it
 * plays the scene set for a path and remembers what it was asked.
 */
public final class StubProvider implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: ([0-9]{1,9})\r\n");

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Scene> scenes = new ConcurrentHashMap<>();
  private final Map<String, Queue<Scene>> firstScenes = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Semaphore hangUps = new Semaphore(0);
  private final AtomicInteger connections = new AtomicInteger();

  public StubProvider() {
    try {
      listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::listen);
  }

  /** What a request said: its target, and its head and body as they came. */
  public record Asked(String target, String head, String body) {}

  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Sets what happens at a path; a path without a scene is 404. */
  public void at(String path, Scene scene) {
    scenes.put(path, scene);
  }

  /** Sets what happens at a path the next times, each scene once, before what is set for it. */
  public void atFirst(String path, Scene... once) {
    firstScenes.computeIfAbsent(path, _ -> new ConcurrentLinkedQueue<>()).addAll(List.of(once));
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** How many connections were made so far. */
  public int connections() {
    return connections.get();
  }

  /** Waits until a caller hung up on a scene that would never have ended. */
  public boolean awaitHangUp() throws InterruptedException {
    return hangUps.tryAcquire(5, TimeUnit.SECONDS);
  }

  /** Refuses connections from now on. */
  public void goAway() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    goAway();
    threads.shutdownNow();
    threads.close();
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        // or each reply waits for the caller to acknowledge its head
        socket.setTcpNoDelay(true);
        connections.incrementAndGet();
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      var next = true;
      while (next) {
        var head = readHead(in);
        if (head == null) {
          return;
        }
        var target = head.split(" ", 3)[1];
        asked.add(new Asked(target, head, readBody(in, head)));
        var scene = scene(target.replaceFirst("\\?.*", ""));
        next = !listener.isClosed() && play(scene, in, socket.getOutputStream());
      }
    } catch (IOException e) {
      hangUps.release();
    }
  }

  private Scene scene(String path) {
    var first = firstScenes.getOrDefault(path, new ConcurrentLinkedQueue<>()).poll();
    return first == null ? scenes.getOrDefault(path, Scene.status(404)) : first;
  }

  /** Returns whether the connection can serve another request. */
  private boolean play(Scene scene, InputStream in, OutputStream out) throws IOException {
    switch (scene) {
      case Scene.Answers(var status, var headers, var body) -> {
        out.write(head(status, headers, body));
        out.write(body.getBytes(UTF_8));
        return true;
      }
      case Scene.BreaksOff(var body) -> {
        out.write(half(body));
        return false;
      }
      case Scene.Stalls(var body) -> {
        out.write(half(body));
        awaitEnd(in);
        return false;
      }
      case Scene.Drips(var body) -> {
        out.write(head(200, Map.of(), body));
        for (var one : body.getBytes(UTF_8)) {
          out.write(one);
          pause();
        }
        return true;
      }
      case Scene.Silence() -> {
        awaitEnd(in);
        return false;
      }
      case Scene.HangsUp() -> {
        return false;
      }
    }
  }

  private void awaitEnd(InputStream in) throws IOException {
    while (in.read() >= 0) {
      // whatever the caller still says changes nothing
    }
    hangUps.release();
  }

  /** The slow sender's own pace; nobody waits for it. */
  private static void pause() throws IOException {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static byte[] half(String body) {
    var head = new String(head(200, Map.of(), body), ISO_8859_1);
    return (head + body.substring(0, body.length() / 2)).getBytes(UTF_8);
  }

  private static byte[] head(int status, Map<String, String> headers, String body) {
    var head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (!headers.containsKey("Content-Length")) {
      head.append("Content-Length: " + body.getBytes(UTF_8).length + "\r\n");
    }
    return head.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  private static String readBody(InputStream in, String head) throws IOException {
    var length = LENGTH.matcher(head);
    return length.find() ? new String(in.readNBytes(Integer.parseInt(length.group(1))), UTF_8) : "";
  }

  private static @Nullable String readHead(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int one = in.read();
      if (one < 0) {
        return null;
      }
      head.append((char) one);
    }
    return head.toString();
  }
}
