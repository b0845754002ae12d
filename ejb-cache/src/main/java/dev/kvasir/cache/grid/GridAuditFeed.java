package dev.kvasir.cache.grid;

import com.hazelcast.topic.ITopic;
import dev.kvasir.cache.audit.AuditFeed;
import dev.kvasir.cache.audit.AuditRecord;
import java.util.UUID;
import java.util.function.Consumer;

/** Tells all members of audit events. */
final class GridAuditFeed implements AuditFeed {
  private final ITopic<AuditRecord> topic;

  GridAuditFeed(ITopic<AuditRecord> topic) {
    this.topic = topic;
  }

  @Override
  public void publish(AuditRecord kept) {
    topic.publish(kept);
  }

  @Override
  public void listen(Consumer<AuditRecord> listener) {
    UUID unused =
        topic.addMessageListener(
            message -> {
              if (!message.getPublishingMember().localMember()) {
                listener.accept(message.getMessageObject());
              }
            });
  }
}
