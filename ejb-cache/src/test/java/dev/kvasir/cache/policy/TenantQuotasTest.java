package dev.kvasir.cache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class TenantQuotasTest {
  private final TenantQuotas quotas = new TenantQuotas(100);

  @Test
  void take_overQuota_refusedAndCountedForThatTenantOnly() {
    assertTrue(quotas.take("a", 60));
    assertFalse(quotas.take("a", 41));
    assertTrue(quotas.take("a", 40));
    assertTrue(quotas.take("b", 100));

    assertEquals(new TenantQuotas.Usage(100, 100, 1, 41), quotas.usage("a"));
    assertEquals(new TenantQuotas.Usage(100, 100, 0, 0), quotas.usage("b"));
  }

  @Test
  void giveBack_room_isThereAgain() {
    assertTrue(quotas.take("a", 100));
    quotas.giveBack("a", 30);
    assertFalse(quotas.take("a", 31));
    assertTrue(quotas.take("a", 30));
  }

  @Test
  void set_lowered_whatIsHeldStaysAndIsOver() {
    assertTrue(quotas.take("a", 80));
    quotas.set("a", 50);
    quotas.setDefault(10);

    assertTrue(quotas.isOver("a"));
    assertFalse(quotas.isOver("b"));
    assertFalse(quotas.take("a", 1));
    assertEquals(10, quotas.usage("b").quotaBytes());
  }

  @Test
  void badNumbers_refused() {
    assertThrows(IllegalArgumentException.class, () -> quotas.set("a", -1));
    assertThrows(IllegalArgumentException.class, () -> quotas.giveBack("a", 1));
  }

  @Test
  void watermarks_ninetyAndEightyFive_startAndStopThere() {
    assertFalse(Watermarks.DEFAULT.exceeded(90, 100));
    assertTrue(Watermarks.DEFAULT.exceeded(91, 100));
    assertEquals(6, Watermarks.DEFAULT.excess(91, 100));
    assertEquals(180, Watermarks.DEFAULT.capacityBlocks(100, 50, 100));
    assertEquals(0, Watermarks.DEFAULT.capacityBlocks(0, 0, 100));
    assertThrows(IllegalArgumentException.class, () -> new Watermarks(0.5, 0.6));
  }
}
