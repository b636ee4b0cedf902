package io.walletsync.server.stress;

import io.walletsync.server.provider.simulator.Misbehaviour;
import io.walletsync.server.provider.simulator.fincra.Cause;
import io.walletsync.server.provider.simulator.fincra.FincraSimulator;
import io.walletsync.server.provider.simulator.flutterwave.FlutterwaveV3Simulator;
import io.walletsync.server.support.StubPaystack;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Three providers: Paystack becomes slow, Flutterwave fails every second call, Fincra is well. In
 * all of them money moves.
 */
final class StormProviders implements AutoCloseable {
  private static final BigDecimal CENT = new BigDecimal("0.01");

  private final StubPaystack paystack = new StubPaystack();
  private final FlutterwaveV3Simulator flutterwave =
      FlutterwaveV3Simulator.start(0, InstantSource.system());
  private final FincraSimulator fincra = FincraSimulator.start(0, InstantSource.system());
  private final CountDownLatch calm = new CountDownLatch(1);
  private final List<String> slow = new CopyOnWriteArrayList<>();
  private final List<String> failing = new CopyOnWriteArrayList<>();
  private final Map<String, Long> healthy = new ConcurrentHashMap<>();

  URI paystackUrl() {
    return paystack.url();
  }

  Map<String, String> environment() {
    return Map.of(
        "WALLETSYNC_PROVIDERS_FLUTTERWAVE_V3_BASE_URL", flutterwave.baseUrl().toString(),
        "WALLETSYNC_PROVIDERS_FINCRA_BASE_URL", fincra.baseUrl().toString());
  }

  /** Takes so long for every answer, until it is calm. */
  void addSlow(String secretKey, Duration delay) {
    slow.add(secretKey);
    paystack.replies(
        secretKey,
        call -> {
          try {
            var _ = calm.await(delay.toMillis(), TimeUnit.MILLISECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return StubPaystack.balance("NGN", 1_000_000 + call);
        });
  }

  void addFailing(String secretKey) {
    flutterwave.addMerchant(secretKey, "hash", Map.of("NGN", new BigDecimal("1000000")));
    failing.add(secretKey);
  }

  /** Returns the number of its wallet. */
  long addHealthy(String apiKey, String business) {
    fincra.addBusiness(apiKey, business, "announced elsewhere");
    var wallet = fincra.addWallet(business, "NGN");
    fincra.move(wallet, Cause.COLLECTION, new BigDecimal("1000000"));
    healthy.put(business, wallet);
    return wallet;
  }

  void moveMoney() {
    healthy.values().forEach(wallet -> fincra.move(wallet, Cause.COLLECTION, CENT));
    failing.forEach(secretKey -> flutterwave.transfer(secretKey, "NGN", CENT));
  }

  void startFailing() {
    flutterwave.misbehave(Misbehaviour.unavailable(50), Duration.ofHours(1));
  }

  /** From now on everybody answers at once, those included who are being waited for. */
  void calmDown() {
    flutterwave.misbehave(Misbehaviour.unavailable(0), Duration.ZERO);
    calm.countDown();
  }

  int callsOfSlow() {
    return slow.stream().mapToInt(paystack::calls).sum();
  }

  @Override
  public void close() {
    calm.countDown();
    paystack.close();
    flutterwave.close();
    fincra.close();
  }
}
