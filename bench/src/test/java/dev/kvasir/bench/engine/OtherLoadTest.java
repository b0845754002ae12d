package dev.kvasir.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OtherLoadTest {
  @Test
  void busyTicks_leavesOutIdleAndWaiting() {
    String stat = "cpu  100 20 30 90000 4000 5 6 7 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n";
    assertEquals(100 + 20 + 30 + 5 + 6 + 7, OtherLoad.busyTicks(stat));
  }

  @Test
  void processTicks_nameWithSpacesAndBrackets_isPassedOver() {
    String stat = "42 (a (b) c) S 1 42 42 0 -1 4194304 10 0 0 0 1500 250 0 0 20 0 9 0 77\n";
    assertEquals(1_750, OtherLoad.processTicks(stat));
  }
}
