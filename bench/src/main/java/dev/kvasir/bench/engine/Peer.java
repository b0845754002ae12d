package dev.kvasir.bench.engine;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kvasir.bench.report.Machine;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.inference.TokenIds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Another system, in a process of its own: a script in {@code bench/peers} that reads one JSON
 * request a line and answers with one JSON line. It times itself, so that the pipe costs nothing.
 */
final class Peer implements Judge {
  private static final Path FOLDER = Path.of("bench/peers");
  private static final Path WORK = Path.of("bench/target/peers"); // models and logs
  private static final long PATIENCE_SECONDS = 10;
  private static final int SHOWN_LOG_CHARACTERS = 2_000;
  private static final Gson GSON = new Gson();

  /** An answer of a script; what a request did not ask for is empty. */
  @SuppressWarnings("ArrayRecordComponent") // read from JSON, never compared
  private record Reply(double millis, int[][] answers, double[][] gaps) {}

  private final PeerKind kind;
  private final Path log;
  private final Process process;
  private final Writer requests;
  private final BufferedReader replies;

  private Peer(PeerKind kind, Path model, Path log) throws IOException {
    this.kind = kind;
    this.log = log;
    this.process =
        new ProcessBuilder(
                python(kind).toString(),
                FOLDER.resolve(kind.script()).toString(),
                model.toString(),
                String.valueOf(Machine.cores()))
            .redirectError(log.toFile())
            .start();
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.replies = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Writes it the model, starts it, and waits until it has loaded. */
  static Peer start(PeerKind kind, Checkpoint checkpoint) throws IOException {
    Path folder = Files.createDirectories(WORK.resolve(kind.folder()));
    Peer peer =
        new Peer(kind, kind.write(checkpoint, folder), WORK.resolve(kind.folder() + ".log"));
    peer.ask(Map.of("operation", "start"));
    return peer;
  }

  /** Whether {@code bin/bench peers} has installed it. */
  static boolean isInstalled(PeerKind kind) {
    return Files.exists(environment(kind).resolve("complete"));
  }

  private static Path environment(PeerKind kind) {
    return FOLDER.resolve("installed").resolve(kind.folder());
  }

  private static Path python(PeerKind kind) {
    return environment(kind).resolve("bin/python").toAbsolutePath();
  }

  @Override
  public String name() {
    return kind.label();
  }

  @Override
  public long process() {
    return process.pid();
  }

  @Override
  public Timed prefill(TokenIds prompt, int cachedTokens) {
    return timed(
        Map.of("operation", "prefill", "prompt", prompt.toArray(), "cached", cachedTokens));
  }

  @Override
  public Timed decode(List<TokenIds> prompts, int steps) {
    return timed(Map.of("operation", "decode", "prompts", arrays(prompts), "steps", steps));
  }

  @Override
  public Timed firstTokenUnderLoad(List<TokenIds> running, TokenIds prompt) {
    return timed(
        Map.of("operation", "load", "prompts", arrays(running), "prompt", prompt.toArray()));
  }

  @Override
  public double[][] gaps(List<TokenIds> prompts, List<TokenIds> answers) {
    return ask(Map.of("operation", "gaps", "prompts", arrays(prompts), "answers", arrays(answers)))
        .gaps();
  }

  private Timed timed(Map<String, Object> request) {
    Reply reply = ask(request);
    return new Timed(reply.millis(), List.of(reply.answers()).stream().map(TokenIds::of).toList());
  }

  private static List<int[]> arrays(List<TokenIds> tokens) {
    return tokens.stream().map(TokenIds::toArray).toList();
  }

  private Reply ask(Map<String, Object> request) {
    try {
      requests.write(GSON.toJson(request) + "\n");
      requests.flush();
      String line = replies.readLine();
      if (line == null) {
        throw new IOException("it ended without an answer");
      }
      JsonObject reply = JsonParser.parseString(line).getAsJsonObject();
      return GSON.fromJson(reply, Reply.class);
    } catch (IOException e) {
      throw new UncheckedIOException(name() + " failed; the end of its log: " + endOfLog(), e);
    }
  }

  private String endOfLog() {
    try {
      String text = Files.readString(log);
      return text.substring(Math.max(0, text.length() - SHOWN_LOG_CHARACTERS));
    } catch (IOException e) {
      return "(its log cannot be read: " + e + ")";
    }
  }

  /** Ends the process by the end of its input, or else by force. */
  @Override
  public void close() {
    try {
      requests.close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
