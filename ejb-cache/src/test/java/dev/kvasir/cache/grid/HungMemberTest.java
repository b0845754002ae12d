package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.kvasir.cache.Lookup.Fetched;
import dev.kvasir.cache.testing.JavaProcess;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A member stalls with its connections open, as one does whose machine has no time for it. */
@Tag("long") // for the 15 s after which it is given up
@Timeout(120)
final class HungMemberTest {
  private static final int BLOCKS = 50;

  private final ScheduledExecutorService scheduler = TestingGrid.scheduler();

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  @Test
  void hang_oneOfTwo_givenUpAndItsBlocksComeFromBackups() throws Exception {
    int port = TestingGrid.freePort();
    try (Grid a = Grid.start(TestingGrid.config("a", port, List.of()), scheduler)) {
      Process b = JavaProcess.of(Other.class, Integer.toString(port)).start();
      try {
        Await.until("b has come", () -> a.memberCount() == 2 && a.admin().cluster().safe());
        TestingBlocks chain = TestingBlocks.chain(1, BLOCKS, 1_000);
        chain.putInto(a);
        assertEquals(BLOCKS, a.countLeading(chain.hashes()));

        signal("STOP", b);

        Await.until("b is given up", () -> a.memberCount() == 1);
        for (int i = 0; i < BLOCKS; i++) {
          Fetched fetched = GridTest.fetch(a, chain.hashes().get(i));
          assertNotNull(fetched);
          assertArrayEquals(chain.blocks().get(i).bytes(), fetched.block().bytes());
        }

        signal("CONT", b);

        Await.until("they find back", () -> a.memberCount() == 2);
        Await.until("nothing is lost", () -> a.countLeading(chain.hashes()) == BLOCKS);
      } finally {
        b.destroyForcibly();
      }
    }
  }

  private static void signal(String name, Process process) throws Exception {
    int failed =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    assertEquals(0, failed, name);
  }

  /** The member that hangs; until it is killed. */
  static final class Other {
    private Other() {}

    public static void main(String[] arguments) throws IOException {
      Grid unused =
          Grid.start(
              TestingGrid.config("b", TestingGrid.freePort(), List.of("127.0.0.1:" + arguments[0])),
              Executors.newScheduledThreadPool(2));
    }
  }
}
