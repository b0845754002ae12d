package dev.kvasir.cache.accesslog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.ErrorManager;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Lines in {@code access.0.jsonl}; when that is full it becomes {@code access.1.jsonl}, and so on.
 */
final class RotatingFile implements AutoCloseable {
  private final FileHandler handler;
  private @Nullable Exception failure; // writing thread only

  /**
   * Opens the newest file, to go on with it.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  RotatingFile(AccessLogRules rules) {
    try {
      makePrivate(rules.folder());
      String pattern = rules.folder().toString().replace("%", "%%") + "/access.%g.jsonl";
      handler = new FileHandler(pattern, rules.fileBytes(), rules.files(), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    handler.setLevel(Level.ALL);
    handler.setFormatter(new Line());
    handler.setErrorManager(
        new ErrorManager() {
          @Override
          public synchronized void error(
              @Nullable String message, @Nullable Exception cause, int code) {
            failure = cause == null ? new IOException(message) : cause;
          }
        });
  }

  private static void makePrivate(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Writes a line; returns why that failed, or null. One thread. */
  @Nullable Exception write(String line) {
    failure = null;
    handler.publish(new LogRecord(Level.INFO, line));
    return failure;
  }

  @Override
  public void close() {
    handler.close();
  }

  /** A message and nothing else. */
  private static final class Line extends Formatter {
    @Override
    public String format(LogRecord record) {
      return record.getMessage() + "\n";
    }
  }
}
