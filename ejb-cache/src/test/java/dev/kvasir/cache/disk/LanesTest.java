package dev.kvasir.cache.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final ArrayDeque<Runnable> threads = new ArrayDeque<>();
  private final List<Integer> done = new ArrayList<>();
  private final Lanes lanes = new Lanes(threads::add, 2, 3);

  @Test
  void offer_moreThanLanes_soManyAtATimeInOrder() {
    for (int i = 0; i < 3; i++) {
      int task = i;
      assertTrue(lanes.offer(() -> done.add(task), 1, 0));
    }
    assertEquals(2, threads.size());
    threads.remove().run();
    assertEquals(List.of(0, 1, 2), done);
    threads.remove().run();
    assertEquals(0, lanes.weight());
  }

  @Test
  void offer_noRoom_isRefusedUntilThereIs() {
    assertTrue(lanes.offer(() -> {}, 2, 0));
    assertFalse(lanes.offer(() -> {}, 2, 5));
    threads.remove().run();
    assertTrue(lanes.offer(() -> {}, 9, 0), "one alone always fits");
  }

  @Test
  void offer_patience_waitsForRoom() throws Exception {
    assertTrue(lanes.offer(() -> {}, 3, 0));
    CompletableFuture<Boolean> second =
        CompletableFuture.supplyAsync(() -> lanes.offer(() -> {}, 1, 30_000));
    threads.remove().run();
    assertTrue(second.get(30, TimeUnit.SECONDS));
  }

  @Test
  void offer_taskDies_nextOnesRun() {
    assertTrue(
        lanes.offer(
            () -> {
              throw new IllegalStateException("task");
            },
            1,
            0));
    assertThrows(IllegalStateException.class, threads.remove()::run);
    assertEquals(0, lanes.weight());
    assertTrue(lanes.offer(() -> done.add(1), 1, 0));
    threads.remove().run();
    assertEquals(List.of(1), done);
  }

  @Test
  void offer_noThreads_isRefusedAndHoldsNothing() {
    Lanes refused =
        new Lanes(
            task -> {
              throw new RejectedExecutionException("stopped");
            },
            1,
            1);
    assertFalse(refused.offer(() -> {}, 1, 0));
    assertEquals(0, refused.weight());
  }
}
