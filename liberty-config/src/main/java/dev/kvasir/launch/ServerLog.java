package dev.kvasir.launch;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's messages.log, read as it grows, for the few lines that its operator must see. */
final class ServerLog {
  /** {@code [time] thread logger level message}. */
  private static final Pattern LINE = Pattern.compile("\\[[^]]+] \\w{8} \\S+ +([AIWEF]) (.*)");

  /** Liberty's own lines after which the node cannot become ready. */
  private static final Pattern FATAL =
      Pattern.compile(
          "(CWWKZ0002E|CWWKZ0012I|CWWKZ0013E|CWWKF0001E|CWWKE0701E|CWWKG0014E|J2CA7110E).*");

  private final Path file;
  private long position;

  ServerLog(Path file) {
    this.file = file;
  }

  /**
   * A line of ours, or of the server's, that its operator must see.
   *
   * @param text without time and thread
   * @param fatal whether the node cannot become ready after it
   */
  record Notice(String text, boolean fatal) {}

  /** Notices since the last call. */
  List<Notice> poll() throws IOException {
    List<Notice> notices = new ArrayList<>();
    for (String line : newLines()) {
      read(line).ifPresent(notices::add);
    }
    return notices;
  }

  static Optional<Notice> read(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String level = matcher.group(1);
    String text = matcher.group(2);
    if (text.startsWith("KVASIR") && level.matches("[WEF]")) {
      return Optional.of(new Notice(text, !level.equals("W")));
    }
    return FATAL.matcher(text).matches() ? Optional.of(new Notice(text, true)) : Optional.empty();
  }

  private List<String> newLines() throws IOException {
    try (SeekableByteChannel log = Files.newByteChannel(file)) {
      if (log.size() < position) {
        position = 0; // rolled over
      }
      log.position(position);
      byte[] added = Channels.newInputStream(log).readAllBytes();
      int whole = added.length;
      while (whole > 0 && added[whole - 1] != '\n') {
        whole--;
      }
      position += whole;
      return new String(added, 0, whole, StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
