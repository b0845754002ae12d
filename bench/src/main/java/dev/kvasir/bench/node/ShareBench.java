package dev.kvasir.bench.node;

import dev.kvasir.bench.report.Machine;
import dev.kvasir.bench.report.Measurements;
import dev.kvasir.bench.report.Table;
import dev.kvasir.bench.serve.Turn;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.completion.MissReason;
import dev.kvasir.completion.SharingScope;
import dev.kvasir.engine.Engine;
import dev.kvasir.engine.EngineConfig;
import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.inference.KvLayout;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/**
 * What sharing is worth: requests a second and time to first token of two nodes whose users share
 * nothing, their own blocks, or all; and of all with caches that hold only part of what is asked.
 */
public final class ShareBench {
  /*
   * Two engines with pools for a third of what is shared, so that most of it is in the grid; a run begins
   * with an empty one. Every run of a workload must give the same answers. The bound is what a cache
   * without end would have of the same prompts, if they came one after another.
   */
  private static final int CONTEXT_TOKENS = 2_048;
  private static final int POOL_SEQUENCES = 4;
  private static final int DEADLINE_MILLIS = 10_000;
  private static final long ROOM_BYTES = 640L << 20; // more than the shared blocks of a workload
  private static final List<Integer> CAPACITY_PERCENTS = List.of(50, 100, 200);
  private static final List<EvictionKind> POLICIES =
      List.of(EvictionKind.LRU, EvictionKind.DEFAULT);

  private final List<ShareWorkload> workloads;
  private final PrintStream out;
  private final PrintStream progress;
  private final Measurements measurements = new Measurements();
  private final Table table =
      new Table(
          "case",
          "system",
          "requests/s",
          "TTFT p50 ms",
          "cached share",
          "bound",
          "computed, by reason");

  /**
   * @param cases labels of workloads, separated by commas; all if empty
   * @param out for the table
   * @param progress for a line after each run
   * @throws IllegalArgumentException if there is no such workload
   */
  public ShareBench(Optional<String> cases, PrintStream out, PrintStream progress) {
    workloads = ShareWorkload.chosen(cases);
    this.out = out;
    this.progress = progress;
  }

  /** Measures, prints the table and gives the figures. */
  public Measurements run(Path model) throws IOException {
    ScheduledExecutorService executor = Executors.newScheduledThreadPool(8);
    try {
      return run(config(model, executor), executor);
    } finally {
      executor.shutdownNow();
    }
  }

  private Measurements run(EngineConfig config, ScheduledExecutorService executor)
      throws IOException {
    try (Engine first = Engine.start(config, executor);
        Engine second = Engine.start(config, executor)) {
      List<Engine> engines = List.of(first, second);
      for (ShareWorkload workload : workloads) {
        measure(workload, engines, executor);
      }
      out.printf("%s, %s%n", first.model().info().id(), Machine.facts());
      table.print(out);
      out.println("answers equal in all runs of a workload");
      return measurements;
    }
  }

  /**
   * Of engines whose pools hold four sequences; how large its blocks are, a model tells when
   * loaded.
   */
  private static EngineConfig config(Path model, ScheduledExecutorService executor)
      throws IOException {
    try (Engine probe = Engine.start(EngineConfig.of(model), executor)) {
      KvLayout layout = probe.model().info().layout();
      long blocks = (long) POOL_SEQUENCES * CONTEXT_TOKENS / layout.blockSize();
      int mib = (int) Math.max(1, (blocks * layout.blockBytes()) >> 20);
      return new EngineConfig(model, Precision.AUTO, Device.CPU, CONTEXT_TOKENS, mib);
    }
  }

  private void measure(
      ShareWorkload workload, List<Engine> engines, ScheduledExecutorService executor)
      throws IOException {
    Map<Turn, String> answers = new HashMap<>();
    PrefixBound bound = new PrefixBound(engines.get(0).model().info().layout().blockSize());
    for (SharingScope scope :
        List.of(SharingScope.OFF, SharingScope.SESSION, SharingScope.GLOBAL)) {
      CacheSettings settings = settings(EvictionKind.DEFAULT, ROOM_BYTES);
      try (NodePair pair = new NodePair(engines, settings, executor)) {
        ShareRun run = new ShareRun(workload, scope, answers);
        ShareRun.Result result = run.on(pair);
        if (scope == SharingScope.OFF) {
          run.prompts(engines.get(0).model()).forEach(bound::add);
        }
        note(workload.label(), scope.label(), result, bound);
      }
    }
    if (workload.hasSmallCaches()) {
      measureSmallCaches(workload, engines, executor, answers, bound);
    }
  }

  private void measureSmallCaches(
      ShareWorkload workload,
      List<Engine> engines,
      ScheduledExecutorService executor,
      Map<Turn, String> answers,
      PrefixBound bound)
      throws IOException {
    long blockBytes = engines.get(0).model().info().layout().blockBytes();
    for (int percent : CAPACITY_PERCENTS) {
      long bytes = bound.footprintBlocks() * blockBytes * percent / 100;
      for (EvictionKind policy : POLICIES) {
        try (NodePair pair = new NodePair(engines, settings(policy, bytes), executor)) {
          ShareRun run = new ShareRun(workload, SharingScope.GLOBAL, answers);
          String name = "%s@%d%%".formatted(workload.label(), percent);
          note(name, policy.label(), run.on(pair), bound);
        }
      }
    }
  }

  /** Settings of members that hold what the others own, too: each so much as all. */
  private static CacheSettings settings(EvictionKind policy, long bytes) {
    return new CacheSettings(
        policy, Math.max(bytes, CacheSettings.MIN_BUDGET_BYTES), LoadRule.AUTO, DEADLINE_MILLIS);
  }

  private void note(String name, String system, ShareRun.Result result, PrefixBound bound) {
    measurements.add(name, system, "throughput", "1/s", List.of(result.requestsPerSecond()));
    measurements.add(name, system, "ttft-p50", "ms", List.of(result.ttftMillis()));
    measurements.add(name, system, "cached", "1", List.of(result.cachedShare()));
    measurements.add(name, system, "bound", "1", List.of(bound.share()));
    table.add(
        List.of(
            name,
            system,
            format("%.2f", result.requestsPerSecond()),
            format("%.0f", result.ttftMillis()),
            format("%.3f", result.cachedShare()),
            format("%.3f", bound.share()),
            reasons(result.computedShares())));
    progress.printf("%s, %s: done%n", name, system);
  }

  private static String reasons(Map<MissReason, Double> shares) {
    return shares.entrySet().stream()
        .map(share -> share.getKey().label() + " " + format("%.3f", share.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
