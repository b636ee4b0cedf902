package io.walletsync.core.subscription;

import io.walletsync.core.channel.WebhookSecret;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Driven port: who wants to be told. A caller who is limited to some connections sees only those
 * that are limited to some of them.
 */
public interface Subscriptions {
  /** Adds one that is new, in the caller's open transaction. */
  void add(Subscription subscription);

  Optional<Subscription> find(UUID id, Visibility visibility);

  /** Like {@link #find}, and locked until the transaction ends. */
  Optional<Subscription> lock(UUID id, Visibility visibility);

  /** Replaces all of a locked one but its health; going on after it was disabled forgets that. */
  void update(Subscription subscription);

  /** Forgets a locked one with its secrets and its address; its deliveries go by and by. */
  void remove(Subscription subscription);

  /**
   * Adds a secret to a locked one. Of those before it the oldest that is valid still stays so until
   * then, or until the earlier end that it was promised; all others are forgotten. Returns when it
   * ends.
   */
  Instant addSecret(UUID id, WebhookSecret secret, Instant previousExpiresAt);

  /** Those that are valid now, newest first. */
  List<WebhookSecret> secrets(UUID id);

  /** Lists them, newest first. */
  Page<Subscription> page(Query query);

  /** All that are told of what happens, however many. */
  List<Subscription> told();

  long count();

  /** Its receiver took something, in the caller's open transaction. */
  void succeeded(UUID id);

  /**
   * Its receiver took nothing, in the caller's open transaction. Returns for how long nothing but
   * that has happened.
   *
   * @param quietFor how long to leave it alone; null where it may be tried at once
   */
  Duration failed(UUID id, @Nullable Duration quietFor);

  /**
   * Those that took nothing for longer than this although there was something to deliver for as
   * long, whether it still waits or was given up since, and those that were disabled because of
   * that: an alert channel among them that nobody hears any more. What somebody paused is not
   * silent.
   */
  List<Subscription> silentFor(Duration duration);

  /**
   * What to list; null means any.
   *
   * @param before the last one of the previous page
   */
  record Query(
      Visibility visibility,
      Subscription.@Nullable State state,
      @Nullable UUID before,
      int limit) {}
}
