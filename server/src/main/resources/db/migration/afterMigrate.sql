-- What the application's role may do. History can be read and added to, nothing else; that holds
-- for the owner too where one role is both, for an owner can be denied its own rights.
grant usage on schema ${flyway:defaultSchema} to ${application_role};
grant select on ${flyway:table} to ${application_role};
grant select, insert, update, delete
  on api_key, api_key_secret, bootstrap_secret, nonce, connection, wallet, idempotency_record, installation,
     provider_event, event_lane, call_allowance, wallet_schedule, recurring_task
  to ${application_role};
revoke all on wallet_balance_snapshot, late_reading, audit_entry, provider_movement, wallet_closure from ${application_role};
grant select, insert on wallet_balance_snapshot, late_reading, audit_entry, provider_movement, wallet_closure to ${application_role};
-- what is derived from movements is replaced as they come in
revoke all on movement_hole, unexplained_change from ${application_role};
grant select, insert, delete on movement_hole, unexplained_change to ${application_role};
revoke all on movement_import from ${application_role};
grant select, insert, update on movement_import to ${application_role};
-- what was doubted is settled, never deleted
revoke all on quarantined_reading from ${application_role};
grant select, insert, update on quarantined_reading to ${application_role};
grant select, insert, delete on retired_webhook_secret to ${application_role};
-- what a run did is kept for a while; its chunks are gone once they are counted
revoke all on sync_run_failure from ${application_role};
grant select, insert, delete on sync_run_failure to ${application_role};
grant select, insert, update, delete on sync_run, sync_run_chunk to ${application_role};
-- what the books said can be read and added to; how it compares and how it ended is written beside it
revoke all on reconciliation, reconciliation_comparison from ${application_role};
grant select, insert on reconciliation, reconciliation_comparison to ${application_role};
grant update (state, known_until, looked_at, verdict, balance, drift, explained, unexplained, nearest_at,
              compared_at, how, settled_at, settled_by, note, through, corrected_by)
  on reconciliation to ${application_role};
revoke all on outbox_event from ${application_role};
grant select, insert on outbox_event to ${application_role};
grant select, update on outbox_epoch to ${application_role};
grant select, insert, update on outbox_bookmark to ${application_role};
-- a rule is marked as deleted; what an alert found can be added, and what became of it is written beside it
revoke all on alert_engine, alert_rule, alert, alert_transition from ${application_role};
grant select, update on alert_engine to ${application_role};
grant select, insert, update on alert_rule to ${application_role};
grant select, insert on alert, alert_transition to ${application_role};
grant update (state, holds, snoozed_until, how, resolved_at, resolved_by, note, value, step)
  on alert to ${application_role};
-- a plan takes the place of the one before
revoke all on outflow_plan, planned_outflow from ${application_role};
grant select, insert, update on outflow_plan to ${application_role};
grant select, insert, delete on planned_outflow to ${application_role};
-- what was set aside is never forgotten; how it went on is written beside it
revoke all on payout_reservation from ${application_role};
grant select, insert on payout_reservation to ${application_role};
grant update (examined_sequence, state, confirmed_at, confirmed_by, movement_reference, ended_at, ended_by,
              ended_sequence, movement_key, note, never_left)
  on payout_reservation to ${application_role};
grant select, insert, update, delete on subscription, subscription_secret, delivery to ${application_role};
-- what was tried is forgotten with its delivery, and never changed
revoke all on delivery_attempt from ${application_role};
grant select, insert, delete on delivery_attempt to ${application_role};
