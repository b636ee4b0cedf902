package io.walletsync.server.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Finds what a name leads to, when it is dialled: what this returns is what is dialled, so a name
 * that leads elsewhere a moment later gains nothing. If any of its addresses is not public, none
 * is. Names are looked up on threads of their own, since a look-up cannot be interrupted.
 */
final class CheckedResolver implements DnsResolver, AutoCloseable {
  private final DnsResolver names;
  private final boolean isLocalAllowed;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("names-", 0).factory());

  CheckedResolver(DnsResolver names, boolean isLocalAllowed) {
    this.names = names;
    this.isLocalAllowed = isLocalAllowed;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    var addresses = lookUp(host);
    if (!isLocalAllowed && !PublicAddresses.includeAll(addresses)) {
      throw new ForbiddenAddress();
    }
    return addresses;
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    var lookUp = threads.submit(() -> names.resolve(host));
    try {
      return lookUp.get();
    } catch (InterruptedException e) {
      lookUp.cancel(true);
      Thread.currentThread().interrupt();
      throw new UnknownHostException("interrupted");
    } catch (ExecutionException | CancellationException _) {
      throw new UnknownHostException("not known");
    }
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** A name leads to where this server must not call. */
  static final class ForbiddenAddress extends UnknownHostException {
    private static final long serialVersionUID = 1;

    ForbiddenAddress() {
      super("leads to an address that is not public");
    }
  }
}
