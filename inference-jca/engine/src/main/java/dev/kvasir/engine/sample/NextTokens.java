package dev.kvasir.engine.sample;

/** Which tokens may come next in one answer. Used by one thread. */
public interface NextTokens {
  /**
   * The tokens that may.
   *
   * @return bits by id, ((vocabulary + 63) / 64), at least one of them set; not to be changed
   */
  long[] allowed();

  /** Goes on behind a token, which was allowed. */
  void accept(int id);
}
