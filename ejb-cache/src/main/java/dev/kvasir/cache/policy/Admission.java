package dev.kvasir.cache.policy;

import dev.kvasir.cache.AdmissionKind;
import dev.kvasir.inference.BlockHash;

/**
 * Whether a block may come in when another one would have to leave for it. One thread at a time.
 */
public interface Admission {
  /** Everything may come in. */
  Admission ALWAYS =
      new Admission() {
        @Override
        public void seen(BlockHash name) {}

        @Override
        public boolean admits(BlockHash candidate, BlockHash victim) {
          return true;
        }

        @Override
        public boolean asksNothing() {
          return true;
        }
      };

  /** That of a cache of about so many blocks. */
  static Admission of(AdmissionKind kind, int capacityBlocks) {
    return switch (kind) {
      case ALWAYS -> ALWAYS;
      case SECOND_TOUCH -> secondTouch(capacityBlocks);
      case FREQUENCY -> frequency(capacityBlocks);
    };
  }

  /**
   * Who is asked for a second time within about so many names: keeps one-shot traffic out. See
   * {@link Doorkeeper}.
   */
  static Admission secondTouch(int capacityBlocks) {
    return new Doorkeeper(capacityBlocks);
  }

  /**
   * Who was asked for at least as often as the victim (TinyLFU, https://arxiv.org/abs/1512.00727).
   * A tie admits: with "more often" a cache full of blocks that were asked for once would refuse
   * all others that are, and keep what nobody wants for ever.
   */
  static Admission frequency(int capacityBlocks) {
    FrequencySketch sketch = new FrequencySketch();
    sketch.ensureCapacity(capacityBlocks);
    return new Admission() {
      @Override
      public void seen(BlockHash name) {
        sketch.add(name);
      }

      @Override
      public boolean admits(BlockHash candidate, BlockHash victim) {
        return sketch.count(candidate) >= sketch.count(victim);
      }
    };
  }

  /** Notes that a block was asked for, before {@link #admits} is asked about it. */
  void seen(BlockHash name);

  /**
   * Whether the candidate may come in for the victim. Who refuses a block refuses all that continue
   * it, since they are of no use without it.
   */
  boolean admits(BlockHash candidate, BlockHash victim);

  /** Whether it admits without looking. */
  default boolean asksNothing() {
    return false;
  }
}
