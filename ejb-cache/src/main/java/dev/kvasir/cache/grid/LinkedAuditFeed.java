package dev.kvasir.cache.grid;

import dev.kvasir.cache.audit.AuditFeed;
import dev.kvasir.cache.audit.AuditRecord;
import java.util.function.Consumer;

/** The grid's feed once it is reached; before, events stay with their node. */
record LinkedAuditFeed(GridLink link) implements AuditFeed {
  @Override
  public void publish(AuditRecord kept) {
    link.reached().ifPresent(grid -> grid.auditFeed().publish(kept));
  }

  @Override
  public void listen(Consumer<AuditRecord> listener) {
    link.whenReached(grid -> grid.auditFeed().listen(listener));
  }
}
