package dev.kvasir.cache.disk;

import java.io.IOException;
import java.util.List;

/** Immutable files by name, each with a head of fixed length. Safe for all threads. */
interface FileStore extends AutoCloseable {
  /**
   * Makes it ready, and rids it of what a killed process left half-written.
   *
   * @throws IOException if it cannot be written to, or another process uses it; the message says so
   */
  void open() throws IOException;

  /** All files, in no order. */
  List<StoredFile> list() throws IOException;

  /** The first bytes of a file, or all of a shorter one. */
  byte[] head(String name, int headBytes) throws IOException;

  /**
   * All of a file, head and body apart.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  Parts read(String name, int headBytes) throws IOException;

  /**
   * Writes a file; when this returns it is there and outlives a loss of power, and when it throws
   * there is none, or the one of before.
   */
  void write(String name, Parts parts) throws IOException;

  /** Deletes a file; no harm if there is none. */
  void delete(String name) throws IOException;

  @Override
  void close();

  /**
   * One of them.
   *
   * @param bytes its length
   * @param ageMillis since it was written, 0 or more
   */
  record StoredFile(String name, long bytes, long ageMillis) {}

  /**
   * A file's bytes; owned by whoever is handed them.
   *
   * @param head fixed length
   * @param body the rest
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Parts(byte[] head, byte[] body) {
    int bytes() {
      return head.length + body.length;
    }
  }
}
