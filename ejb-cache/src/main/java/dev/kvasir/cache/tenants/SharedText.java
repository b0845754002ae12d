package dev.kvasir.cache.tenants;

import java.time.Instant;

/**
 * A text that holds for all nodes, as administrators last wrote it.
 *
 * @param id names it
 * @param text itself, at most {@link #MAX_LENGTH} characters
 * @param changedBy who wrote it; empty if nobody has
 * @param changed when
 * @param version see {@link Registered}, but a time; 0 before it was ever written
 */
public record SharedText(String id, String text, String changedBy, Instant changed, long version)
    implements Registered {
  /** Most characters, as in its table. */
  public static final int MAX_LENGTH = 1_000_000;

  public SharedText {
    if (text.length() > MAX_LENGTH) {
      throw TenantRefusedException.conflict(
          "%s would have %d characters, but can have %d at most"
              .formatted(id, text.length(), MAX_LENGTH));
    }
  }

  /** One that nobody has written. */
  static SharedText unwritten(String id) {
    return new SharedText(id, "", "", Instant.EPOCH, 0);
  }

  static String registryKey(String id) {
    return "text:" + id;
  }

  @Override
  public String registryKey() {
    return registryKey(id);
  }

  /** Names this state of the text. */
  public String tag() {
    return "%d-%x".formatted(version, changed.toEpochMilli());
  }

  /** A text is never deleted, only empty. */
  @Override
  public boolean deleted() {
    return false;
  }
}
