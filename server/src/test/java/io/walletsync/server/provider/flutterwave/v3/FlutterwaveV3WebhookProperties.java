package io.walletsync.server.provider.flutterwave.v3;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.event.Delivery;
import io.walletsync.core.event.Notice;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.server.provider.flutterwave.Hostile;
import io.walletsync.server.provider.flutterwave.Samples;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whoever sends whatever: the reader answers, and answers the same to the same bytes. */
final class FlutterwaveV3WebhookProperties {
  private static final String SECRET = "example-webhook-secret-hash-not-real-0001";

  private final FlutterwaveV3WebhookReader reader = new FlutterwaveV3WebhookReader();

  @Example
  void noBodyBreaksIt() {
    for (var body : Hostile.bodies()) {
      assertThat(read(body).concern()).isEqualTo(new Concern.Everything());
    }
  }

  @Property
  void noBytesBreakIt(@ForAll byte[] body) {
    assertThat(read(body).type()).isNotBlank();
  }

  @Property(tries = 3000)
  void noDamageToAnAnnouncementBreaksIt(@ForAll("damaged") byte[] body) {
    assertThat(read(body).type()).isNotBlank();
  }

  @Property
  void nothingButTheSecretProvesABody(@ForAll byte[] body, @ForAll String presented) {
    var delivery = new Delivery(Map.of("verif-hash", presented), body);

    assertThat(reader.isGenuine(delivery, SECRET)).isFalse();
  }

  @Provide
  Arbitrary<byte[]> damaged() {
    return Arbitraries.of("webhook-charge-card", "webhook-transfer", "webhook-refund")
        .map(name -> Samples.bytes("v3/" + name))
        .flatMap(
            sample ->
                Arbitraries.integers()
                    .between(0, sample.length - 1)
                    .tuple2()
                    .flatMap(
                        places ->
                            Arbitraries.bytes()
                                .map(
                                    other -> {
                                      var damaged = sample.clone();
                                      damaged[places.get1()] = other;
                                      damaged[places.get2()] = '"';
                                      return damaged;
                                    })));
  }

  private Notice read(byte[] body) {
    var notice = reader.read(body);
    assertThat(notice).isEqualTo(reader.read(body));
    return notice;
  }
}
