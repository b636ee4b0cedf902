package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.delivery.Deliveries;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.EventFilter;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.core.subscription.SubscriptionsContract;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.Visibility;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class PostgresSubscriptionsTest implements SubscriptionsContract {
  private static final EventFilter EVERYTHING =
      new EventFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Metadata.NONE);

  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }

  @Override
  public Subscriptions subscriptions() {
    return Ports.subscriptions();
  }

  @Override
  public Deliveries deliveries() {
    return Ports.deliveries();
  }

  @Test
  void anAddressThatCannotBeOpenedIsInTheWayOfNobodyAndIsNotLost() {
    var id = UUID.randomUUID();
    Ports.jdbc()
        .sql(
            """
            insert into subscription (
                     subscription_id, name, channel, target, sealed_by, filter, state, since_epoch,
                     since_transaction, since_event, created_at, updated_at)
            values (?, 'x', 'WEBHOOK', 'sealed', 'another key', ?::jsonb, 'ACTIVE', 0, '0', ?, now(), now())
            """)
        .params(id, FilterJson.write(EVERYTHING), id)
        .update();

    var found = subscriptions().find(id, Visibility.ALL).orElseThrow();
    subscriptions().update(found);

    assertThat(subscriptions().told()).contains(found);
    assertThat(found.channel().masked()).isEqualTo("https://unreadable.invalid/...");
    assertThat(
            Ports.jdbc()
                .sql("select target from subscription where subscription_id = ?")
                .param(id)
                .query(byte[].class)
                .single())
        .isEqualTo("sealed".getBytes(StandardCharsets.US_ASCII));
    subscriptions().remove(found);
  }
}
