package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.money;
import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.runway.OutflowPlan;
import io.walletsync.core.runway.OutflowPlans;
import io.walletsync.core.runway.PlannedOutflow;
import io.walletsync.core.wallet.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Plans in PostgreSQL: a row of each wallet's plan, and one of each outflow. */
final class PostgresOutflowPlans implements OutflowPlans {
  private final JdbcClient jdbc;

  PostgresOutflowPlans(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** In one statement, so that plan and outflows are of one moment. */
  @Override
  public Map<WalletId, OutflowPlan> find(Set<WalletId> wallets) {
    var plans = new HashMap<WalletId, OutflowPlan>();
    var outflows = new HashMap<WalletId, List<PlannedOutflow>>();
    jdbc.sql(
            """
            select plan.*, outflow.reference, outflow.pay_at, outflow.amount
              from outflow_plan as plan
              left join planned_outflow as outflow using (wallet_id)
             where wallet_id = any ((select ?::uuid[])::uuid[])
            """)
        .param(array("uuid", wallets, WalletId::value))
        .query(
            row -> {
              var plan = plan(row);
              plans.putIfAbsent(plan.wallet(), plan);
              var all = outflows.computeIfAbsent(plan.wallet(), _ -> new ArrayList<>());
              if (row.getString("reference") != null) {
                all.add(outflow(row, plan.minimum().currency()));
              }
            });
    plans.replaceAll(
        (wallet, plan) ->
            new OutflowPlan(
                wallet,
                plan.minimum(),
                outflows.getOrDefault(wallet, List.of()),
                plan.changedAt(),
                plan.changedBy()));
    return plans;
  }

  private static OutflowPlan plan(ResultSet row) throws SQLException {
    return new OutflowPlan(
        new WalletId(uuid(row, "wallet_id")),
        money(row, "minimum", new CurrencyCode(row.getString("currency"))),
        List.of(),
        instant(row, "changed_at"),
        row.getString("changed_by"));
  }

  private static PlannedOutflow outflow(ResultSet row, CurrencyCode currency) throws SQLException {
    return new PlannedOutflow(
        instant(row, "pay_at"), money(row, "amount", currency), row.getString("reference"));
  }

  @Override
  public void replace(OutflowPlan plan) {
    jdbc.sql(
            """
            insert into outflow_plan (wallet_id, currency, minimum, changed_at, changed_by)
            values (:wallet, :currency, :minimum, :at, :by)
                on conflict (wallet_id) do update
               set minimum = excluded.minimum, changed_at = excluded.changed_at,
                   changed_by = excluded.changed_by
            """)
        .param("wallet", plan.wallet().value())
        .param("currency", plan.minimum().currency().value())
        .param("minimum", plan.minimum().amount())
        .param("at", timestamp(plan.changedAt()))
        .param("by", plan.changedBy())
        .update();
    jdbc.sql("delete from planned_outflow where wallet_id = ?")
        .param(plan.wallet().value())
        .update();
    jdbc.sql(
            """
            insert into planned_outflow (wallet_id, reference, pay_at, amount)
            select ?, reference, pay_at, amount
              from unnest(?::text[], ?::timestamptz[], ?::numeric[])
                as outflow (reference, pay_at, amount)
            """)
        .param(plan.wallet().value())
        .param(array("text", plan.outflows(), PlannedOutflow::reference))
        .param(array("timestamptz", plan.outflows(), PlannedOutflow::at))
        .param(array("numeric", plan.outflows(), outflow -> outflow.amount().amount()))
        .update();
  }
}
