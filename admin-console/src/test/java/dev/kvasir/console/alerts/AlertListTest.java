package dev.kvasir.console.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AlertListTest {
  @Test
  void page_someFiring_inWords() {
    AlertList page = new AlertList();
    page.alerts = new TestingAlerts();
    page.load();
    assertEquals(TestingAlerts.RULES.size(), page.getNow().size());
    assertEquals(1, page.getFiring().size());
    assertEquals(1, page.getHistory().size());
    assertEquals(
        "The share of requests that hit fell to less than half of that ten minutes before.",
        page.meaning(page.getFiring().get(0)));
    assertEquals("mine", page.meaning(page.getNow().get(TestingAlerts.RULES.size() - 1)));
    assertEquals("0.123", page.value(page.getFiring().get(0).value()));
    assertEquals("\u2013", page.value(Double.NaN));
  }
}
