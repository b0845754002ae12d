package dev.kvasir.cache.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node starts whose store lets in the starting thread alone until the start has ended. */
@Timeout(10)
final class ReplicaStartTest {
  private final Thread starter = Thread.currentThread();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private final TestingRecords shared = new TestingRecords();
  private final TestingStore disk = new TestingStore();

  /** Goes on only when the other thread has come to the store. */
  private final Executor executor =
      task -> {
        Thread thread = new Thread(task);
        threads.add(thread);
        thread.start();
        await(waiting);
      };

  private final RecordStore store =
      new RecordStore() {
        @Override
        public void awaitOpen() {
          if (!Thread.currentThread().equals(starter)) {
            waiting.countDown();
            await(open);
          }
        }

        @Override
        public List<Registered> load() {
          awaitOpen();
          return disk.load();
        }

        @Override
        public void save(Registered record) {
          awaitOpen();
          disk.save(record);
        }
      };

  @AfterEach
  void end() throws InterruptedException {
    open.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void start_othersHaveNewerRecords_keptByTheStartingThread() {
    SharedText text = text("settings", 7);
    shared.records.put(text.registryKey(), text);

    new Replica(shared, store, executor).start();

    assertEquals(text, disk.kept.get(text.registryKey()));
  }

  @Test
  void change_whileAnEventWaitsForTheStart_doesNotWaitForIt() {
    Replica replica = new Replica(shared, store, executor);
    replica.start();
    assertEquals(true, shared.replace(null, text("rules", 1))); // another thread waits to save it

    SharedText mine = replica.change("text:settings", before -> text("settings", 2));

    assertEquals(mine, disk.kept.get(mine.registryKey()));
  }

  private static SharedText text(String id, long version) {
    return new SharedText(id, "text", "admin", Instant.EPOCH, version);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("not in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
