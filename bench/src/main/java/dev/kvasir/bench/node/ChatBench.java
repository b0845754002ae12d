package dev.kvasir.bench.node;

import dev.kvasir.bench.node.BenchNode.Timed;
import dev.kvasir.bench.report.Machine;
import dev.kvasir.bench.report.Measurements;
import dev.kvasir.bench.report.Table;
import dev.kvasir.bench.serve.Words;
import dev.kvasir.cache.grid.GridConfig.Role;
import dev.kvasir.completion.Prompt;
import dev.kvasir.engine.Engine;
import dev.kvasir.engine.EngineConfig;
import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.schedule.ScheduleLimits;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.SamplingParams;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Conversations whose user reads an answer before he goes on: cached share and time to first token
 * of each turn, with answers prefilled in idle time and without.
 */
public final class ChatBench {
  /*
   * Two engines, one of which prefills nothing in idle time. Each turn goes to both in turn, and
   * waits until the first has done what it had to do. Both must answer alike. A turn that takes
   * all full blocks of prompt and answer before it from the cache has found its history whole; where
   * it has not, the rendered answer was cut into other tokens than the model had chosen.
   */
  private static final List<String> SYSTEMS = List.of("idle", "no-idle");
  private static final int CONVERSATIONS = 6;
  private static final int TURNS = 4;
  private static final int QUESTION_WORDS = 60;
  private static final int ANSWER_TOKENS = 160;
  private static final int BLOCK = 64;

  private final PrintStream out;
  private final Measurements measurements = new Measurements();
  private final Map<String, List<Double>> millis = new TreeMap<>(); // by turn and system
  private final Map<String, List<Double>> cachedShares = new TreeMap<>();
  private int whole;
  private int following;

  /** Prints to {@code out}. */
  public ChatBench(PrintStream out) {
    this.out = out;
  }

  /** Measures, prints the table and gives the figures. */
  public Measurements run(Path model) throws IOException {
    ScheduledExecutorService executor = Executors.newScheduledThreadPool(4);
    try (Engine idle = Engine.start(config(model, 1_024), executor);
        Engine plain = Engine.start(config(model, 0), executor);
        BenchNode idleNode =
            new BenchNode(BenchNode.loopback(List.of(), Role.MEMBER), idle, executor);
        BenchNode plainNode =
            new BenchNode(BenchNode.loopback(List.of(), Role.MEMBER), plain, executor)) {
      for (int conversation = -1; conversation < CONVERSATIONS; conversation++) {
        converse(List.of(idleNode, plainNode), conversation); // the first is for warm-up
      }
      out.printf("%s, %s%n", idle.model().info().id(), Machine.facts());
      report();
      return measurements;
    } finally {
      executor.shutdownNow();
    }
  }

  private static EngineConfig config(Path model, int idleBlocks) {
    ScheduleLimits limits = ScheduleLimits.DEFAULT;
    return new EngineConfig(
        model,
        Precision.AUTO,
        Device.CPU,
        2_048,
        0,
        new ScheduleLimits(
            limits.stepTokens(),
            limits.draftTokens(),
            limits.openWaitMillis(),
            limits.savedBytes(),
            idleBlocks),
        null);
  }

  private void converse(List<BenchNode> nodes, int conversation) {
    Words words = new Words(conversation);
    List<ChatMessage> messages = new ArrayList<>();
    int history = 0; // tokens before this turn, answer included
    for (int turn = 1; turn <= TURNS; turn++) {
      messages.add(
          new ChatMessage("user", "Tell a story of" + words.text("q" + turn, QUESTION_WORDS)));
      String answer = "";
      int tokens = 0;
      for (int system = 0; system < nodes.size(); system++) {
        BenchNode node = nodes.get((system + turn) % nodes.size());
        Timed timed =
            node.complete(new Prompt.Chat(messages), SamplingParams.GREEDY, ANSWER_TOKENS);
        node.awaitPrefilled();
        String text = timed.completion().text();
        if (system > 0 && !text.equals(answer)) {
          throw new IllegalStateException("turn " + turn + " was answered in two ways");
        }
        answer = text;
        tokens =
            timed.completion().promptTokens() + timed.completion().choices().get(0).newTokens();
        if (conversation >= 0) {
          note(SYSTEMS.get(nodes.indexOf(node)), turn, history, timed);
        }
      }
      messages.add(new ChatMessage("assistant", answer));
      history = tokens;
    }
  }

  private void note(String system, int turn, int history, Timed timed) {
    String name = "turn-%d %s".formatted(turn, system);
    int cached = timed.completion().cache().cachedTokens();
    millis.computeIfAbsent(name, unused -> new ArrayList<>()).add(timed.firstTokenMillis());
    cachedShares
        .computeIfAbsent(name, unused -> new ArrayList<>())
        .add((double) cached / timed.completion().promptTokens());
    if (turn > 1 && system.equals(SYSTEMS.get(0))) {
      following++;
      whole += cached >= (history - 1) / BLOCK * BLOCK ? 1 : 0;
    }
  }

  private void report() {
    Table table = new Table("case", "TTFT ms", "low", "high", "cached share");
    millis.forEach(
        (name, repeats) -> {
          String[] parts = name.split(" ", 2);
          Measurements.Row ttft = measurements.add(parts[0], parts[1], "ttft", "ms", repeats);
          Measurements.Row share =
              measurements.add(
                  parts[0], parts[1], "cached", "1", cachedShares.getOrDefault(name, List.of()));
          table.add(
              List.of(
                  name,
                  format("%.1f", ttft.value()),
                  format("%.1f", ttft.low()),
                  format("%.1f", ttft.high()),
                  format("%.2f", share.value())));
        });
    table.print(out);
    out.printf(
        "%d of %d following turns found their history whole; answers equal in all turns%n",
        whole, following);
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
