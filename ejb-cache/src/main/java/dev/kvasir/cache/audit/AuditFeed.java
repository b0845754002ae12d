package dev.kvasir.cache.audit;

import java.util.function.Consumer;

/** How nodes tell each other of events; what is told may be lost. */
public interface AuditFeed {
  /** Tells all other nodes. */
  void publish(AuditRecord kept);

  /** Hears what other nodes tell. */
  void listen(Consumer<AuditRecord> listener);
}
