package io.walletsync.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.bulk.SyncRuns.Active;
import io.walletsync.core.wallet.ProviderId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Neither a slow provider nor a long run takes the places of others. */
class ChunkPlacesTest {
  private final ChunkPlaces places = new ChunkPlaces(4);

  @Test
  void aRunAloneGetsAllPlacesOfItsProviderAndNoMore() {
    var run = run("paystack");

    assertThat(places.fill(List.of(run))).containsExactly(run, run, run, run);
    assertThat(places.fill(List.of(run))).isEmpty();
    places.leave(run);
    assertThat(places.fill(List.of(run))).containsExactly(run);
  }

  @Test
  void aSlowProviderLeavesOthersTheirPlaces() {
    var slow = run("paystack");
    places.fill(List.of(slow));
    var other = run("fincra");
    var mixed = new Active(UUID.randomUUID(), null);

    assertThat(places.fill(List.of(slow, other, mixed))).hasSize(8).containsOnly(other, mixed);
  }

  @Test
  void runsThatSharePlacesTakeTurns() {
    var runs = List.of(run("paystack"), run("paystack"), run("paystack"));
    assertThat(places.fill(runs))
        .containsExactly(runs.get(0), runs.get(1), runs.get(2), runs.get(0));

    var late = run("paystack");
    var all = List.of(runs.get(0), runs.get(1), runs.get(2), late);
    places.leave(runs.get(0));
    assertThat(places.fill(all)).containsExactly(late);
    places.leave(runs.get(1));
    assertThat(places.fill(all)).containsExactly(runs.get(1));
  }

  private static Active run(String provider) {
    return new Active(UUID.randomUUID(), new ProviderId(provider));
  }
}
