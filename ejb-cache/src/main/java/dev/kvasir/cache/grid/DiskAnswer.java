package dev.kvasir.cache.grid;

/**
 * What a member read from its disk for another one.
 *
 * @param kind how it went
 * @param payload of a block that was found, else empty; the reader's from then on
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record DiskAnswer(Kind kind, byte[] payload) {
  /** Without a payload. */
  static DiskAnswer without(Kind kind) {
    return new DiskAnswer(kind, new byte[0]);
  }

  /** How a read went. */
  enum Kind {
    /** The block is here. */
    FOUND,
    /** It is there no more. */
    GONE,
    /** Its bytes had changed, and it is there no more. */
    CORRUPT,
    /** The disk failed, or was too slow. */
    FAILED
  }
}
