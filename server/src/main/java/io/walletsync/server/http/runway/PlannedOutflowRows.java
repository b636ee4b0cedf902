package io.walletsync.server.http.runway;

import io.walletsync.core.runway.OutflowPlan;
import io.walletsync.core.runway.PlanOutflows.Row;
import io.walletsync.core.runway.PlannedOutflow;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.wire.DecimalText;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.MomentText;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;

/** Reads a plan: what shall stay in the wallet, and what is to leave it. */
record PlannedOutflowRows(BigDecimal minimum, List<Row> rows) {
  /** Reads the whole body, and throws {@link InvalidRequest} if anything is wrong with it. */
  static PlannedOutflowRows of(byte[] body) {
    var fields = JsonFields.of(body);
    var minimum = fields.optionalText("minimum", DecimalText::parseUnsigned);
    var references = new HashSet<String>();
    var rows =
        fields.requiredObjects("outflows", 0, OutflowPlan.MOST).stream()
            .map(members -> row(members, references))
            .toList();
    fields.done();
    return new PlannedOutflowRows(
        minimum.orElse(BigDecimal.ZERO), rows.stream().map(Supplier::get).toList());
  }

  private static Supplier<Row> row(JsonFields fields, HashSet<String> references) {
    var at = fields.requiredText("at", MomentText::parse);
    var amount = fields.requiredText("amount", PlannedOutflowRows::amount);
    var reference = fields.requiredText("reference", PlannedOutflow::checkedReference);
    if (reference.orNull() != null && !references.add(reference.get())) {
      fields.reject("reference", "is the reference of an outflow before it");
    }
    return () -> new Row(at.get(), amount.get(), reference.get());
  }

  private static BigDecimal amount(String text) {
    return PlannedOutflow.checkedAmount(DecimalText.parse(text));
  }
}
