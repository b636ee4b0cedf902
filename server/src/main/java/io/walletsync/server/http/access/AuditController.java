package io.walletsync.server.http.access;

import io.walletsync.core.access.Scope;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.kernel.Text;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.QueryFields;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The route of the audit trail. */
@RestController
public final class AuditController {
  private static final String LISTING = "audit-entries";

  private final AuditTrail trail;

  public AuditController(AuditTrail trail) {
    this.trail = trail;
  }

  @GetMapping("/api/v1/audit-entries")
  @RequiresScope(Scope.AUDIT_READ)
  PageJson<AuditEntryJson> list(HttpServletRequest request) {
    var fields = QueryFields.of(request);
    var query =
        new AuditTrail.Query(
            fields.optional("action", text -> Text.printable(text, 64)),
            fields.optionalUuid("subject_id"),
            Callers.of(request).limit().connections(),
            fields.cursor(LISTING),
            fields.limit());
    fields.done();
    return PageJson.of(trail.page(query), AuditEntryJson::of, LISTING, AuditController::position);
  }

  private static String position(AuditEntry entry) {
    return entry.entryId().toString();
  }
}
