package io.walletsync.core.subscription;

import static io.walletsync.core.subscription.SubscriptionExample.draft;
import static io.walletsync.core.subscription.SubscriptionExample.only;
import static io.walletsync.core.subscription.SubscriptionExample.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.channel.Channel;
import io.walletsync.core.channel.WebhookSecret;
import io.walletsync.core.delivery.Deliveries;
import io.walletsync.core.delivery.Delivery;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.EventFilter;
import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.subscription.Subscription.Reason;
import io.walletsync.core.subscription.Subscription.State;
import io.walletsync.core.subscription.Subscriptions.Query;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.Visibility;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Subscriptions} keeps. */
public interface SubscriptionsContract {
  Instant LONG_AGO = Examples.MORNING.minus(Duration.ofDays(10_000));

  Transactions transactions();

  Subscriptions subscriptions();

  Deliveries deliveries();

  @Test
  default void keepsEveryPartOfOne() {
    var limit = only(Examples.id());
    for (var channel :
        List.of(
            new Channel.Webhook("https://example.com/hooks?a=b"),
            new Channel.Slack("https://hooks.example.com/T0/B0/secret"),
            new Channel.Email(List.of("ops@example.com", "fin@example.com")))) {
      var plain = subscription(channel, limit);
      var whole =
          new Subscription(
              plain.id(),
              "naïve ₦ \"name\"",
              channel,
              new EventFilter(
                  Set.of(Kind.BALANCE_CHANGED, Kind.SYNC_FAILING),
                  Set.of(Examples.id()),
                  Set.of(Examples.id()),
                  Set.of(Examples.PAYSTACK),
                  Set.of("ada's \"shop\""),
                  Set.of(Examples.NGN, Examples.GHS),
                  Metadata.of(Map.of("team", "payouts"))),
              limit,
              State.DISABLED,
              Reason.GONE,
              Examples.MORNING,
              new Outbox.Place(3, 42, Examples.id()),
              Examples.MORNING,
              Examples.MORNING.plusSeconds(1),
              Subscription.Health.UNKNOWN);
      added(plain);
      assertThat(subscriptions().find(plain.id(), Visibility.ALL)).contains(plain);
      in(
          () -> {
            subscriptions().lock(plain.id(), Visibility.ALL);
            subscriptions().update(whole);
            return whole;
          });
      // where it begins is not changed any more
      assertThat(subscriptions().find(plain.id(), Visibility.ALL))
          .contains(
              new Subscription(
                  whole.id(),
                  whole.name(),
                  whole.channel(),
                  whole.filter(),
                  whole.limit(),
                  whole.state(),
                  whole.disabledReason(),
                  whole.disabledAt(),
                  plain.since(),
                  whole.createdAt(),
                  whole.updatedAt(),
                  whole.health()));
    }
  }

  @Test
  default void whoIsLimitedSeesOnlyWhatIsLimitedToThat() {
    var mine = Examples.id();
    var ofAll = added(subscription());
    var ofMine = added(subscription(new Channel.Webhook("https://example.com/"), only(mine)));
    var ofOther =
        added(subscription(new Channel.Webhook("https://example.com/"), only(Examples.id())));

    assertThat(subscriptions().find(ofMine.id(), only(mine))).contains(ofMine);
    assertThat(subscriptions().find(ofAll.id(), only(mine))).isEmpty();
    assertThat(subscriptions().lock(ofOther.id(), only(mine))).isEmpty();
    assertThat(subscriptions().page(new Query(only(mine), null, null, 10)).items())
        .containsExactly(ofMine);
    assertThat(subscriptions().page(new Query(Visibility.ALL, State.ACTIVE, null, 2)).items())
        .containsExactly(ofOther, ofMine);
    assertThat(subscriptions().page(new Query(Visibility.ALL, null, ofMine.id(), 1)).items())
        .containsExactly(ofAll);
  }

  @Test
  default void whatIsRemovedIsGoneWithItsSecrets() {
    var gone = added(subscription());
    var secret = WebhookSecret.random(new SecureRandom());
    in(
        () -> {
          subscriptions().addSecret(gone.id(), secret, Examples.MORNING);
          return secret;
        });
    assertThat(subscriptions().secrets(gone.id())).containsExactly(secret);
    var before = subscriptions().count();

    in(
        () -> {
          subscriptions().remove(gone);
          return gone;
        });

    assertThat(subscriptions().find(gone.id(), Visibility.ALL)).isEmpty();
    assertThat(subscriptions().told()).doesNotContain(gone);
    assertThat(subscriptions().secrets(gone.id())).isEmpty();
    assertThat(subscriptions().count()).isEqualTo(before - 1);
  }

  @Test
  default void twoSecretsAreValidWhileTheyOverlapAndNeverThree() {
    var subscription = added(subscription());
    var first = WebhookSecret.random(new SecureRandom());
    var second = WebhookSecret.random(new SecureRandom());
    var third = WebhookSecret.random(new SecureRandom());
    var fourth = WebhookSecret.random(new SecureRandom());
    var farAway = Instant.parse("2999-01-01T00:00:00Z");
    addSecret(subscription, first, farAway);
    assertThat(addSecret(subscription, second, farAway)).isEqualTo(farAway);
    assertThat(subscriptions().secrets(subscription.id())).containsExactly(second, first);

    assertThat(addSecret(subscription, third, farAway.plusSeconds(60))).isEqualTo(farAway);
    assertThat(subscriptions().secrets(subscription.id())).containsExactly(third, first);

    addSecret(subscription, fourth, LONG_AGO);
    assertThat(subscriptions().secrets(subscription.id())).containsExactly(fourth);
  }

  @Test
  default void aSecretWhoseTimeIsOverIsNotKeptInPlaceOfTheOneThatIsInUse() {
    var subscription = added(subscription());
    var first = WebhookSecret.random(new SecureRandom());
    var second = WebhookSecret.random(new SecureRandom());
    var third = WebhookSecret.random(new SecureRandom());
    var farAway = Instant.parse("2999-01-01T00:00:00Z");
    addSecret(subscription, first, farAway);
    addSecret(subscription, second, LONG_AGO);

    assertThat(addSecret(subscription, third, farAway)).isEqualTo(farAway);
    assertThat(subscriptions().secrets(subscription.id())).containsExactly(third, second);
  }

  private Instant addSecret(Subscription subscription, WebhookSecret secret, Instant until) {
    return in(() -> subscriptions().addSecret(subscription.id(), secret, until));
  }

  @Test
  default void remembersHowTheReceiverAnswers() {
    var id = added(subscription()).id();
    assertThat(in(() -> subscriptions().failed(id, null))).isLessThan(Duration.ofMinutes(1));
    var failing = health(id);
    assertThat(failing.failingSince()).isNotNull();
    assertThat(failing.lastSuccessAt()).isNull();
    assertThat(failing.quietUntil()).isNull();

    in(() -> subscriptions().failed(id, Duration.ofHours(1)));
    assertThat(health(id).failingSince()).isEqualTo(failing.failingSince());
    assertThat(health(id).quietUntil()).isAfter(failing.failingSince());

    in(
        () -> {
          subscriptions().succeeded(id);
          return id;
        });
    assertThat(health(id).failingSince()).isNull();
    assertThat(health(id).lastSuccessAt()).isNotNull();
  }

  @Test
  default void whoGoesOnAfterBeingDisabledBeginsWithoutItsFailures() {
    var subscription = added(subscription());
    in(() -> subscriptions().failed(subscription.id(), Duration.ofHours(1)));
    var disabled = subscription.as(State.DISABLED, Reason.GONE, Examples.MORNING);

    update(disabled);
    assertThat(health(subscription.id()).failingSince()).isNotNull();
    assertThat(subscriptions().told()).extracting(Subscription::id).doesNotContain(disabled.id());

    update(disabled.as(State.ACTIVE, null, Examples.MORNING));
    assertThat(health(subscription.id()).failingSince()).isNull();
    assertThat(health(subscription.id()).quietUntil()).isNull();
    assertThat(subscriptions().told()).extracting(Subscription::id).contains(disabled.id());
  }

  @Test
  default void findsThoseThatHaveHadSomethingToDeliverAndTookNothing() {
    var silent = added(subscription());
    var served = added(subscription());
    var idle = added(subscription());
    in(
        () -> {
          deliveries().add(List.of(draft(silent), draft(served)));
          subscriptions().succeeded(served.id());
          return silent;
        });

    assertThat(subscriptions().silentFor(Duration.ofHours(1)))
        .extracting(Subscription::id)
        .doesNotContain(silent.id(), served.id(), idle.id());
    assertThat(subscriptions().silentFor(Duration.ofHours(-1)))
        .extracting(Subscription::id)
        .contains(silent.id(), served.id())
        .doesNotContain(idle.id());
  }

  @Test
  default void whatDiedIsMissingUntilSomethingGetsThrough() {
    var silent = added(subscription());
    var recovered = added(subscription());
    for (var it : List.of(silent, recovered)) {
      var draft = draft(it);
      in(
          () -> {
            deliveries().add(List.of(draft));
            return it;
          });
      die(it);
    }
    assertThat(subscriptions().silentFor(Duration.ofHours(-1)))
        .extracting(Subscription::id)
        .contains(silent.id(), recovered.id());
    assertThat(subscriptions().silentFor(Duration.ofHours(1)))
        .extracting(Subscription::id)
        .doesNotContain(silent.id(), recovered.id());

    in(
        () -> {
          subscriptions().succeeded(recovered.id());
          return recovered;
        });

    assertThat(subscriptions().silentFor(Duration.ofHours(-1)))
        .extracting(Subscription::id)
        .contains(silent.id())
        .doesNotContain(recovered.id());
  }

  @Test
  default void whatWasGivenUpDuringAPauseIsNoSilence() {
    var paused = added(subscription());
    var draft = draft(paused);
    in(
        () -> {
          deliveries().add(List.of(draft));
          return paused;
        });
    update(paused.as(Subscription.State.PAUSED, null, Examples.MORNING));
    deliveries().giveUpPaused(Duration.ofHours(-1), 1_000);
    update(paused.as(Subscription.State.ACTIVE, null, Examples.MORNING));

    assertThat(subscriptions().silentFor(Duration.ofHours(-1)))
        .extracting(Subscription::id)
        .doesNotContain(paused.id());
  }

  @Test
  default void whoseAttemptsFailIsSilentWhateverIsLeftToDeliver() {
    var failing = added(subscription());
    in(() -> subscriptions().failed(failing.id(), null));
    assertThat(subscriptions().silentFor(Duration.ofHours(-1)))
        .extracting(Subscription::id)
        .contains(failing.id());

    in(
        () -> {
          subscriptions().succeeded(failing.id());
          return failing;
        });

    assertThat(subscriptions().silentFor(Duration.ofHours(-1)))
        .extracting(Subscription::id)
        .doesNotContain(failing.id());
  }

  @Test
  default void whatIsDisabledBecauseNobodyTookAnythingIsSilentToo() {
    var gone = added(subscription());
    update(gone.as(State.DISABLED, Subscription.Reason.GONE, Examples.MORNING));
    var paused = added(subscription());
    update(paused.as(State.PAUSED, null, Examples.MORNING));

    assertThat(subscriptions().silentFor(Duration.ofHours(-1)))
        .extracting(Subscription::id)
        .contains(gone.id())
        .doesNotContain(paused.id());
  }

  private void die(Subscription subscription) {
    var claim = deliveries().claim(subscription.id(), 10, Duration.ofMinutes(1)).getFirst();
    var attempt = new Delivery.Attempt(Examples.MORNING, 5, 500, "http_500", null);
    in(
        () ->
            deliveries()
                .settle(
                    List.of(new Deliveries.Settled(claim, attempt, Delivery.State.DEAD, null))));
  }

  private void update(Subscription subscription) {
    in(
        () -> {
          subscriptions().update(subscription);
          return subscription;
        });
  }

  private Subscription.Health health(UUID id) {
    return subscriptions().find(id, Visibility.ALL).orElseThrow().health();
  }

  private Subscription added(Subscription subscription) {
    return in(
        () -> {
          subscriptions().add(subscription);
          return subscription;
        });
  }

  private <T> T in(Supplier<T> work) {
    return transactions().inTransaction(work);
  }
}
