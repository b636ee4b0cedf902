package io.walletsync.server.http;

import io.walletsync.core.access.Scope;
import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.core.notification.Outbox.Query;
import io.walletsync.core.wallet.WalletId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The route of the change feed. */
@RestController
final class EventFeedController {
  /** In place of a cursor: behind everything that has happened. */
  private static final String LATEST = "latest";

  private final Outbox outbox;

  EventFeedController(Outbox outbox) {
    this.outbox = outbox;
  }

  @GetMapping("/api/v1/events")
  @RequiresScope(Scope.WALLETS_READ)
  EventFeedJson list(HttpServletRequest request) {
    var fields = QueryFields.of(request);
    var types = fields.optional("type", EventFeedController::kinds);
    var wallet = fields.optionalUuid("wallet_id");
    var after = fields.optional("after", this::place);
    var limit = fields.limit();
    fields.done();
    return EventFeedJson.of(
        outbox.list(
            new Query(
                Callers.visibility(request),
                types == null ? Set.of() : types,
                wallet == null ? null : new WalletId(wallet),
                after == null ? Place.START : after,
                limit)));
  }

  private Place place(String text) {
    return text.equals(LATEST) ? outbox.end() : EventFeedJson.place(text);
  }

  private static Set<Kind> kinds(String text) {
    return Arrays.stream(text.split(",", -1)).map(Kind::of).collect(Collectors.toUnmodifiableSet());
  }
}
