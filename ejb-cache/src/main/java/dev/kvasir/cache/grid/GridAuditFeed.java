package dev.kvasir.cache.grid;

import com.hazelcast.topic.ITopic;
import dev.kvasir.cache.audit.AuditFeed;
import dev.kvasir.cache.audit.AuditRecord;
import java.util.UUID;
import java.util.function.Consumer;

/** Tells all nodes of audit events. */
final class GridAuditFeed implements AuditFeed {
  private final ITopic<Told<AuditRecord>> topic;
  private final NodeId self;

  GridAuditFeed(ITopic<Told<AuditRecord>> topic, NodeId self) {
    this.topic = topic;
    this.self = self;
  }

  @Override
  public void publish(AuditRecord kept) {
    topic.publish(new Told<>(self, kept));
  }

  @Override
  public void listen(Consumer<AuditRecord> listener) {
    UUID unused =
        topic.addMessageListener(
            message -> {
              Told<AuditRecord> told = message.getMessageObject();
              if (!told.by().equals(self)) {
                listener.accept(told.content());
              }
            });
  }
}
