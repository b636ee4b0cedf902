package io.walletsync.server.http.subscription;

import io.walletsync.core.channel.Channel;
import io.walletsync.core.subscription.CreateSubscription;
import io.walletsync.server.http.problem.Problem;
import org.springframework.http.HttpStatus;

/** What can be wrong with a request about subscriptions. */
final class SubscriptionProblems {
  private SubscriptionProblems() {}

  static Problem notFound() {
    return Problem.of(
        HttpStatus.NOT_FOUND.value(),
        "webhook-subscription-not-found",
        "There is no such subscription",
        "No subscription with this id is visible to your API key.");
  }

  static Problem deliveryNotFound() {
    return Problem.of(
        HttpStatus.NOT_FOUND.value(),
        "delivery-not-found",
        "There is no such delivery",
        "This subscription has no delivery with this id, or it was forgotten.");
  }

  static Problem tooMany() {
    return Problem.of(
        HttpStatus.CONFLICT.value(),
        "too-many-subscriptions",
        "There are too many subscriptions",
        "There are " + CreateSubscription.MOST + " subscriptions already; remove one first.");
  }

  static Problem noSuchChannel(Channel.Kind kind) {
    return Problem.of(
        HttpStatus.UNPROCESSABLE_CONTENT.value(),
        "channel-not-configured",
        "This server cannot send so",
        "This server is not set up to send by "
            + kind.code()
            + "; see WALLETSYNC_SMTP_HOST in the documentation of its settings.");
  }

  static Problem otherChannel(Channel.Kind kind) {
    return Problem.of(
        HttpStatus.UNPROCESSABLE_CONTENT.value(),
        "other-channel-type",
        "The type of a channel does not change",
        "This subscription goes by " + kind.code() + "; create another one to send otherwise.");
  }

  static Problem disabled() {
    return Problem.of(
        HttpStatus.CONFLICT.value(),
        "webhook-subscription-disabled",
        "The subscription is disabled",
        "It was disabled because of its receiver; enable it first.");
  }

  static Problem notSigned() {
    return Problem.of(
        HttpStatus.CONFLICT.value(),
        "subscription-not-signed",
        "The subscription has no secret",
        "Only messages to webhooks are signed.");
  }
}
