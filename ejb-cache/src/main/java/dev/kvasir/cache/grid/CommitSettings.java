package dev.kvasir.cache.grid;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the next state of the settings in the place of the one that it was made from, on its owner
 * and backups, or answers with another one that stands there.
 */
final class CommitSettings implements EntryProcessor<String, Object, @Nullable SettingsLedger> {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // by Serializers
  private final SettingsLedger next;

  CommitSettings(SettingsLedger next) {
    this.next = next;
  }

  SettingsLedger next() {
    return next;
  }

  /** Null if it is done. */
  @Override
  public @Nullable SettingsLedger process(Map.Entry<String, @Nullable Object> entry) {
    boolean successor =
        !(entry.getValue() instanceof SettingsLedger now)
            || (now.id() == next.id() && now.last().number() + 1 == next.last().number());
    if (successor) {
      entry.setValue(next);
      return null;
    }
    return (SettingsLedger) entry.getValue();
  }
}
