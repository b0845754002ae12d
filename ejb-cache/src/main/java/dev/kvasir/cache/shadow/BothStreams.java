package dev.kvasir.cache.shadow;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.tiered.KeyStream;

/** Tells two what requests ask for. */
public record BothStreams(KeyStream first, KeyStream second) implements KeyStream {
  @Override
  public boolean listens() {
    return first.listens() || second.listens();
  }

  @Override
  public void looked(Prefix prefix, int storedBlocks) {
    first.looked(prefix, storedBlocks);
    second.looked(prefix, storedBlocks);
  }

  @Override
  public void published(Prefix prefix) {
    first.published(prefix);
    second.published(prefix);
  }
}
