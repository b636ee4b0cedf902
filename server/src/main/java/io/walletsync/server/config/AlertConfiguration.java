package io.walletsync.server.config;

import io.walletsync.core.alert.AlertObserver;
import io.walletsync.core.alert.Alerts;
import io.walletsync.core.alert.ChangeAlertRule;
import io.walletsync.core.alert.CreateAlertRule;
import io.walletsync.core.alert.DeleteAlertRule;
import io.walletsync.core.alert.EvaluateAlerts;
import io.walletsync.core.alert.EvaluateDifferences;
import io.walletsync.core.alert.EvaluateOutages;
import io.walletsync.core.alert.JudgeWallets;
import io.walletsync.core.alert.LookAfterAlerts;
import io.walletsync.core.alert.LookAtRules;
import io.walletsync.core.alert.SettleAlert;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceListener;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.judgement.ChannelSilence;
import io.walletsync.core.judgement.Evidence;
import io.walletsync.core.judgement.GatherCircumstances;
import io.walletsync.core.judgement.Runways;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.reconciliation.DifferenceListener;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.rule.RulesInForce;
import io.walletsync.core.runway.ForecastRunway;
import io.walletsync.core.schedule.OutageListener;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Wallets;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Alert rules: judged where things are recorded, and in rounds what no recording tells of. */
@Configuration(proxyBeanMethods = false)
class AlertConfiguration {
  @Bean
  ChannelSilence channelSilence(Subscriptions subscriptions) {
    return new SilentChannels(subscriptions);
  }

  @Bean
  Runways runways(ForecastRunway forecastRunway) {
    return new ForecastRunways(forecastRunway);
  }

  @Bean
  RulesInForce rulesInForce(AlertRules rules) {
    return new RulesInForce(rules);
  }

  @Bean
  GatherCircumstances gatherCircumstances(SyncQueue queue, Evidence evidence, Runways runways) {
    return new GatherCircumstances(queue, evidence, runways);
  }

  @Bean
  JudgeWallets judgeWallets(
      AlertRules rules,
      Alerts alerts,
      RulesInForce inForce,
      BalanceSnapshots snapshots,
      GatherCircumstances gather,
      Outbox outbox,
      Transactions transactions,
      AlertObserver observer,
      Ids ids) {
    return new JudgeWallets(
        rules, alerts, inForce, snapshots, gather, outbox, transactions, observer, ids);
  }

  @Bean
  BalanceListener evaluateAlerts(
      AlertRules rules,
      Alerts alerts,
      RulesInForce inForce,
      GatherCircumstances gather,
      JudgeWallets judgeWallets,
      Outbox outbox,
      AlertObserver observer,
      Ids ids) {
    return new EvaluateAlerts(rules, alerts, inForce, gather, judgeWallets, outbox, observer, ids);
  }

  @Bean
  OutageListener evaluateOutages(JudgeWallets judgeWallets) {
    return new EvaluateOutages(judgeWallets);
  }

  @Bean
  DifferenceListener evaluateDifferences(JudgeWallets judgeWallets) {
    return new EvaluateDifferences(judgeWallets);
  }

  @Bean
  LookAtRules lookAtRules(
      AlertRules rules,
      Alerts alerts,
      Wallets wallets,
      BalanceSnapshots snapshots,
      Evidence evidence,
      ChannelSilence channels,
      GatherCircumstances gather,
      JudgeWallets judgeWallets,
      Outbox outbox,
      Transactions transactions,
      AlertObserver observer,
      Ids ids) {
    return new LookAtRules(
        rules,
        alerts,
        wallets,
        snapshots,
        evidence,
        channels,
        gather,
        judgeWallets,
        outbox,
        transactions,
        observer,
        ids);
  }

  @Bean
  LookAfterAlerts lookAfterAlerts(
      AlertRules rules,
      Alerts alerts,
      BalanceSnapshots snapshots,
      Evidence evidence,
      GatherCircumstances gather,
      JudgeWallets judgeWallets,
      Outbox outbox,
      Transactions transactions,
      Ids ids) {
    return new LookAfterAlerts(
        rules, alerts, snapshots, evidence, gather, judgeWallets, outbox, transactions, ids);
  }

  @Bean
  CreateAlertRule createAlertRule(
      AlertRules rules,
      Wallets wallets,
      Connections connections,
      LookAtRules lookAtRules,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    return new CreateAlertRule(
        rules, wallets, connections, lookAtRules, transactions, auditor, ids, clock);
  }

  @Bean
  ChangeAlertRule changeAlertRule(
      AlertRules rules,
      Alerts alerts,
      Wallets wallets,
      Connections connections,
      LookAtRules lookAtRules,
      Outbox outbox,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    return new ChangeAlertRule(
        rules,
        alerts,
        wallets,
        connections,
        lookAtRules,
        outbox,
        transactions,
        auditor,
        ids,
        clock);
  }

  @Bean
  DeleteAlertRule deleteAlertRule(
      AlertRules rules,
      Alerts alerts,
      Outbox outbox,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    return new DeleteAlertRule(rules, alerts, outbox, transactions, auditor, ids, clock);
  }

  @Bean
  SettleAlert settleAlert(
      AlertRules rules,
      Alerts alerts,
      Evidence evidence,
      Outbox outbox,
      Transactions transactions,
      Auditor auditor,
      Ids ids) {
    return new SettleAlert(rules, alerts, evidence, outbox, transactions, auditor, ids);
  }

  @Bean
  RecurringTasks.More alertTasks(LookAtRules lookAtRules, LookAfterAlerts lookAfterAlerts) {
    return new RecurringTasks.More(
        List.of(
            new RecurringTasks.Task(
                "look_at_alert_rules",
                isStopping -> lookAtRules.look(new LookAtRules.Command(isStopping))),
            new RecurringTasks.Task(
                "look_after_alerts",
                isStopping -> lookAfterAlerts.look(new LookAfterAlerts.Command(isStopping)))));
  }
}
