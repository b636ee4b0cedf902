package io.walletsync.server.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands before a server and can take it away or make it hang: away, connections break and are
 * refused; hanging, they are accepted and whatever is said waits until it goes on, as in front of a
 * stopped process.
 */
public final class TcpProxy implements AutoCloseable {
  /** Below the ports that systems give to outgoing connections, so that it can be had again. */
  private static final int LOWEST_PORT = 20_000;

  private static final int HIGHEST_PORT = 32_000;
  private static final int BACKLOG = 128;
  private static final int BUFFER = 16 * 1024;

  private final InetSocketAddress target;
  private final int port;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock gate = new ReentrantLock();
  private final Condition opened = gate.newCondition();
  private boolean hangs;
  private ServerSocket listener;

  /** Forwards to a server on this machine, given as address and port. */
  public TcpProxy(String hostAndPort) {
    var colon = hostAndPort.lastIndexOf(':');
    target =
        new InetSocketAddress(
            hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    listener = listenSomewhere();
    port = listener.getLocalPort();
    accept(listener);
  }

  /** Address and port, as of the server behind. */
  public String hostAndPort() {
    return "127.0.0.1:" + port;
  }

  /** Breaks all connections and refuses new ones. */
  public void goAway() {
    close(listener);
    sockets.forEach(TcpProxy::close);
    sockets.clear();
  }

  public void comeBack() {
    try {
      listener = listen(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    accept(listener);
  }

  /** From now on nothing is forwarded in either direction. */
  public void hang() {
    setHangs(true);
  }

  /** Forwards what waited, and everything after it. */
  public void goOn() {
    setHangs(false);
  }

  private void setHangs(boolean value) {
    gate.lock();
    try {
      hangs = value;
      opened.signalAll();
    } finally {
      gate.unlock();
    }
  }

  @Override
  public void close() {
    goAway();
    goOn();
    threads.shutdownNow();
  }

  private static ServerSocket listenSomewhere() {
    while (true) {
      try {
        return listen(ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT));
      } catch (IOException e) {
        // taken; the next one is not
      }
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    var socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void accept(ServerSocket listening) {
    threads.execute(
        () -> {
          while (!listening.isClosed()) {
            try {
              forward(listening, listening.accept());
            } catch (IOException e) {
              // this connection, or the listener, is gone
            }
          }
        });
  }

  private void forward(ServerSocket listening, Socket client) throws IOException {
    var server = new Socket(target.getAddress(), target.getPort());
    for (var socket : new Socket[] {client, server}) {
      socket.setTcpNoDelay(true);
      sockets.add(socket);
      if (listening.isClosed()) {
        close(socket);
      }
    }
    threads.execute(() -> pump(client, server));
    threads.execute(() -> pump(server, client));
  }

  private void pump(Socket from, Socket to) {
    var buffer = new byte[BUFFER];
    try {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitOpen();
        out.write(buffer, 0, read);
      }
      awaitOpen();
    } catch (IOException | InterruptedException e) {
      // broken; so is the other half
    }
    close(from);
    close(to);
    sockets.remove(from);
    sockets.remove(to);
  }

  private void awaitOpen() throws InterruptedException {
    gate.lock();
    try {
      while (hangs) {
        opened.await();
      }
    } finally {
      gate.unlock();
    }
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // then it is closed
    }
  }
}
