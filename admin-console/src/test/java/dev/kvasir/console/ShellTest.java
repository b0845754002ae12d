package dev.kvasir.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShellTest {
  private final TestingSnapshots snapshots = new TestingSnapshots(new TestingCacheAdmin());
  private final Shell shell = new Shell();

  @SuppressWarnings("UnnecessaryAssignment") // no container injects here
  ShellTest() {
    shell.snapshots = snapshots;
  }

  @Test
  void staleness_nothingTaken_saysStarting() {
    assertFalse(shell.isReady());
    assertEquals(Texts.of("shell.starting"), shell.getStaleness());
  }

  @Test
  void staleness_cacheAnswers_silent() {
    snapshots.taken();
    assertTrue(shell.isReady());
    assertEquals("a", shell.getNode());
    assertEquals("", shell.getStaleness());
  }

  @Test
  void staleness_cacheSilent_saysForHowLong() {
    snapshots.taken().pass(Duration.ofSeconds(30));
    assertEquals(
        "The cache has not answered for 30 seconds. What you see is its last word.",
        shell.getStaleness());
  }
}
