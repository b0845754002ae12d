package dev.kvasir.cache.tiered;

import dev.kvasir.cache.Prefix;

/** Hears which blocks requests ask for; on the request's thread, so it must be quick. */
public interface KeyStream {
  /** Whether it is worth telling. */
  boolean listens();

  /**
   * A request looked a prefix up.
   *
   * @param storedBlocks of the leading ones that the store had then
   */
  void looked(Prefix prefix, int storedBlocks);

  /** A request's blocks were offered to the store. */
  void published(Prefix prefix);
}
