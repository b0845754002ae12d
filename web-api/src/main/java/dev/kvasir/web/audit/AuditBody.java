package dev.kvasir.web.audit;

import dev.kvasir.cache.audit.AuditEvent;
import dev.kvasir.cache.audit.AuditPage;
import dev.kvasir.cache.audit.AuditRecord;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Locale;

/**
 * Events, newest first; {@code next} is the cursor of the page that follows, empty for the last.
 */
public record AuditBody(List<Event> events, String next) {

  /** One of them; {@code result} is {@code done}, {@code refused} or {@code failed}. */
  @JsonbPropertyOrder({"id", "when", "who", "what", "target", "address", "node", "result"})
  public record Event(
      String id,
      String when,
      String who,
      String what,
      String target,
      String address,
      String node,
      String result) {
    List<String> columns() {
      return List.of(id, when, who, what, target, address, node, result);
    }
  }

  static final List<String> COLUMNS =
      List.of("id", "when", "who", "what", "target", "address", "node", "result");

  static AuditBody of(AuditPage page) {
    return new AuditBody(page.records().stream().map(AuditBody::event).toList(), page.next());
  }

  private static Event event(AuditRecord kept) {
    AuditEvent event = kept.event();
    return new Event(
        kept.id(),
        event.when().toString(),
        event.who(),
        event.what(),
        event.target(),
        event.address(),
        kept.node(),
        event.outcome().name().toLowerCase(Locale.ROOT));
  }
}
