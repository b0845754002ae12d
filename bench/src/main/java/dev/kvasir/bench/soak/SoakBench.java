package dev.kvasir.bench.soak;

import dev.kvasir.bench.report.Measurements;
import dev.kvasir.bench.report.Table;
import dev.kvasir.bench.serve.Words;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Two servers under mixed load, of which one is killed again and again. */
public final class SoakBench {
  /*
   *   start both, learn the right answers with the cache off
   *   recovery: 8 streams from b while a is killed; a starts anew
   *   warm load, then rest: the memory of a, all caches emptied, garbage collected
   *   the soak itself: load on both, b killed every half minute, settings changed every few seconds
   *   rest: sums of blocks, what is held; the memory of a again
   *
   * So each of both dies, and a lives long enough between its two measurements to show a leak.
   */
  private static final int WIDTH = 4;
  private static final int WARM_SECONDS = 20;
  private static final double MOST_RECOVERY_SECONDS = 10;
  private static final double MOST_HEAP_GROWTH_MIB = 32;
  private static final double MOST_DIRECT_GROWTH_MIB = 8;
  private static final int MOST_CLASSES = 12; // of those that grew, to be printed
  private static final double MIB = 1 << 20;

  private final int minutes;
  private final PrintStream out;
  private final Table table = new Table("soak", "value", "unit");
  private final Measurements measurements = new Measurements();
  private final List<String> broken = new ArrayList<>();

  /** Of so many minutes under load, and some more before and after. */
  public SoakBench(int minutes, PrintStream out) {
    this.minutes = minutes;
    this.out = out;
  }

  /**
   * Runs it, prints the figures and gives them.
   *
   * @throws IllegalStateException with all promises that were broken, after the figures were
   *     printed
   */
  public Measurements run(Path model) throws IOException {
    Path data = Files.createTempDirectory("kvasir-soak");
    ExecutorService threads = Executors.newCachedThreadPool();
    try (NodeProcess a = new NodeProcess("a", data, model);
        NodeProcess b = new NodeProcess("b", data, model)) {
      a.start(b.clusterAddress());
      b.start(a.clusterAddress());
      recover(a, b, threads);
      soak(a, b, threads);
    } finally {
      threads.shutdownNow();
      delete(data);
    }
    measurements.note("model", model.getFileName().toString());
    table.print(out);
    if (!broken.isEmpty()) {
      throw new IllegalStateException("broken: " + String.join("; ", broken));
    }
    return measurements;
  }

  private void recover(NodeProcess a, NodeProcess b, ExecutorService threads) throws IOException {
    require(Rest.await(a, b).isCalm(), "two nodes come to rest after their start");
    var unused = a.client().administer("PUT", "/api/cache/policy", "{\"load\":\"always\"}");
    List<Question> questions = Question.aboutDocuments(new Words(1), 60, 1);
    Recovery.Result result = new Recovery(b, questions, threads).measure(a);
    count("streams from the survivor of a kill", result.streams());
    count("of these failed", result.failed());
    add("hit share before the kill", result.shareBefore(), "share");
    add("lowest hit share of a second after it", result.lowestShare(), "share");
    add("hit share above 90% of before, after", result.seconds(), "s");
    require(result.failed() == 0, "no stream of the survivor fails");
    require(result.seconds() <= MOST_RECOVERY_SECONDS, "hits are back within 10 s");
    a.start(b.clusterAddress());
  }

  private void soak(NodeProcess a, NodeProcess b, ExecutorService threads) throws IOException {
    Words words = new Words(2);
    List<Question> questions = new ArrayList<>(Question.aboutDocuments(words, 12, 6));
    questions.addAll(Question.ofConversations(words, 12, 3));
    questions.addAll(Question.sampled(words, 24));
    Load load = new Load(List.of(a, b), questions, threads);
    load.learn(a);
    load.run(WIDTH, System.nanoTime() + TimeUnit.SECONDS.toNanos(WARM_SECONDS));
    Footprint before = footprint(a, b, "before");

    Disturbance disturbance = new Disturbance(a, b, load.tally());
    CompletableFuture<Void> disturbed = disturbance.begin(threads);
    load.run(WIDTH, System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes));
    disturbance.end();
    disturbed.join();

    Footprint after = footprint(a, b, "after");
    count("minutes", minutes);
    count("kills", disturbance.kills());
    count("changes of settings", disturbance.switches());
    report(load.tally());
    after.grownSince(before, MOST_CLASSES).forEach(out::println);
    grown("heap", before.heapBytes(), after.heapBytes(), MOST_HEAP_GROWTH_MIB);
    grown("direct memory", before.directBytes(), after.directBytes(), MOST_DIRECT_GROWTH_MIB);
  }

  private void report(Tally tally) {
    count("requests", tally.requests());
    count("right answers", tally.right.sum());
    count("wrong answers", tally.wrong.sum());
    count("turned away with 503", tally.refused.sum());
    count("lost with the killed node", tally.lost.sum());
    count("other errors", tally.errors.sum());
    add("hit share", tally.hitShare(), "share");
    tally.problems().forEach(out::println);
    require(tally.wrong.sum() == 0, "no answer differs from the one without a cache");
    require(tally.errors.sum() == 0, "there is no error but 503");
    require(tally.right.sum() > 0, "questions are answered");
  }

  /** Of a, when both are at rest and their caches are empty. */
  private Footprint footprint(NodeProcess a, NodeProcess b, String when) throws IOException {
    Rest rest = Rest.await(a, b);
    out.println("at rest " + when + " the soak: " + rest);
    require(rest.isCalm(), "nodes come to rest, and agree on their blocks, " + when + " the soak");
    for (NodeProcess node : List.of(a, b)) {
      for (String tier : List.of("all", "pool")) {
        var unused = node.client().administer("DELETE", "/api/cache?tier=" + tier, "");
      }
    }
    Rest empty = Rest.await(a, b);
    require(
        empty.blockCounts().stream().allMatch(count -> count == 0),
        "nothing is left after a clear, but " + empty);
    return Footprint.of(a.pid());
  }

  private void grown(String what, long before, long after, double mostMib) {
    double grownMib = (after - before) / MIB;
    add(what + " of a before", before / MIB, "MiB");
    add(what + " of a, grown by", grownMib, "MiB");
    require(grownMib <= mostMib, what + " grows by no more than " + mostMib + " MiB");
  }

  private void require(boolean holds, String promise) {
    if (!holds) {
      broken.add(promise);
    }
  }

  private void count(String metric, long value) {
    add(metric, (double) value, "");
  }

  private void add(String metric, double value, String unit) {
    measurements.add("soak", "kvasir", metric, unit, List.of(value));
    String text = value == Math.rint(value) ? "%.0f" : "%.3f";
    table.add(List.of(metric, String.format(Locale.ROOT, text, value), unit));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
