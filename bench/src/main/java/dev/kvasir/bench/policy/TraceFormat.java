package dev.kvasir.bench.policy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a trace is written down. The first line tells which it is. */
enum TraceFormat {
  /** Mooncake's: a JSON object a line, {@code hash_ids} names the blocks of the prompt. */
  MOONCAKE {
    @Override
    void read(String line, Trace trace) {
      addChain(line, "hash_ids", trace);
    }
  },

  /** Kvasir's access log: a JSON object a line, {@code blocks} names the blocks of the prompt. */
  KVASIR {
    @Override
    void read(String line, Trace trace) {
      addChain(line, "blocks", trace);
    }
  },

  /** ARC's: first block, number of blocks, and two numbers that are not needed; no prefixes. */
  ARC {
    @Override
    void read(String line, Trace trace) {
      String[] words = line.split("\\s+", -1);
      long first = Long.parseLong(words[0]);
      long count = Long.parseLong(words[1]);
      for (long block = first; block < first + count; block++) {
        trace.add(List.of(block));
      }
    }
  },

  /** LIRS's: a block a line; a line with a star separates parts; no prefixes. */
  LIRS {
    @Override
    void read(String line, Trace trace) {
      if (!line.equals("*")) {
        trace.add(List.of(Long.parseLong(line)));
      }
    }
  };

  abstract void read(String line, Trace trace);

  /**
   * Reads a whole file.
   *
   * @throws IOException if it cannot be read, or a line is none of its format; names the line
   */
  static Trace read(Path file) throws IOException {
    Trace trace = new Trace();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      TraceFormat format = null;
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String text = line.strip();
        if (!text.isEmpty()) {
          format = format == null ? of(text) : format;
          read(text, format, trace, file + ":" + number);
        }
      }
    }
    return trace;
  }

  private static void read(String line, TraceFormat format, Trace trace, String place)
      throws IOException {
    try {
      format.read(line, trace);
    } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) {
      throw new IOException("%s is no line of a %s trace: %s".formatted(place, format, line), e);
    }
  }

  private static TraceFormat of(String line) {
    if (line.startsWith("{")) {
      return line.contains("\"hash_ids\"") ? MOONCAKE : KVASIR;
    }
    return line.contains(" ") ? ARC : LIRS;
  }

  private static void addChain(String line, String field, Trace trace) {
    JsonObject request = JsonParser.parseString(line).getAsJsonObject();
    if (!(request.get(field) instanceof JsonArray blocks)) {
      throw new IllegalArgumentException("there is no array \"" + field + "\"");
    }
    List<String> names = new ArrayList<>();
    for (JsonElement block : blocks) {
      names.add(block.getAsString());
    }
    trace.add(names);
  }
}
