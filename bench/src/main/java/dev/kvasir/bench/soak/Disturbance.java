package dev.kvasir.bench.soak;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Kills one node every half minute, and changes the settings on the other every few seconds. */
final class Disturbance {
  private static final int KILL_SECONDS = 30;
  private static final int SWITCH_SECONDS = 7;
  private static final List<String> SETTINGS =
      List.of(
          "{\"eviction\":\"lru\",\"budget_bytes\":16777216}",
          "{\"eviction\":\"s3_fifo\",\"load\":\"auto\"}",
          "{\"eviction\":\"w_tinylfu\",\"admission\":\"frequency\"}",
          "{\"eviction\":\"gdsf\",\"deadline_ms\":50}",
          "{\"eviction\":\"sieve\",\"admission\":\"second_touch\",\"deadline_ms\":2000}",
          "{\"eviction\":\"arc\",\"budget_bytes\":134217728}",
          "{\"eviction\":\"slru\",\"load\":\"never\"}",
          "{\"eviction\":\"reuse\",\"load\":\"always\",\"admission\":\"always\"}");

  private final NodeProcess stays;
  private final NodeProcess dies;
  private final Tally tally;
  private final CountDownLatch over = new CountDownLatch(1);
  private int kills;
  private int switches;

  Disturbance(NodeProcess stays, NodeProcess dies, Tally tally) {
    this.stays = stays;
    this.dies = dies;
    this.tally = tally;
  }

  /** Begins; {@link #end} ends it. Complete once the killed node is ready again. */
  CompletableFuture<Void> begin(ExecutorService threads) {
    return CompletableFuture.allOf(
        CompletableFuture.runAsync(() -> every(KILL_SECONDS, this::kill), threads),
        CompletableFuture.runAsync(() -> every(SWITCH_SECONDS, this::change), threads));
  }

  void end() {
    over.countDown();
  }

  int kills() {
    return kills;
  }

  int switches() {
    return switches;
  }

  private interface Act {
    void run() throws IOException;
  }

  private void every(int seconds, Act act) {
    try {
      long next = System.nanoTime();
      while (true) {
        long nanos = TimeUnit.SECONDS.toNanos(seconds);
        next = Math.max(System.nanoTime() + nanos / 3, next + nanos); // after a slow start: later
        if (over.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return;
        }
        act.run();
      }
    } catch (IOException e) {
      tally.error(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void kill() throws IOException {
    dies.kill();
    kills++;
    dies.start(stays.clusterAddress());
  }

  private void change() throws IOException {
    String settings = SETTINGS.get(switches % SETTINGS.size());
    var unused = stays.client().administer("PUT", "/api/cache/policy", settings);
    switches++;
  }
}
