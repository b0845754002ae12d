package dev.kvasir.web.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.tenants.Grant;
import dev.kvasir.cache.tenants.KeyRole;
import dev.kvasir.web.access.KeyCaller;
import dev.kvasir.web.fault.Fault;
import dev.kvasir.web.fault.FaultTable;
import dev.kvasir.web.fault.RequestFault;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private final RateLimits limits = new RateLimits();

  @Test
  void admit_keyOverItsOwnBound_429AndCountedForItsTenant() {
    limits.configure(0, 0);
    KeyCaller caller = caller(1, 0);
    limits.admit(caller).charge(5);

    RequestFault fault = assertThrows(RequestFault.class, () -> limits.admit(caller));

    Fault answer = FaultTable.of(fault);
    assertEquals(429, answer.status());
    assertEquals("rate_limit_error", answer.body().error().type());
    assertEquals("rate_limit_exceeded", answer.body().error().code());
    assertTrue(String.valueOf(fault.getMessage()).contains("1 requests a minute"));
    Integer seconds = answer.retryAfterSeconds();
    assertTrue(seconds != null && seconds >= 1 && seconds <= 60);
    assertEquals(Map.of("acme", 1L), limits.refusedByTenant());
  }

  @Test
  void admit_keyWithoutBound_thatOfTheServer() {
    limits.configure(0, 10);
    limits.admit(caller(0, 0)).charge(11);
    assertThrows(RequestFault.class, () -> limits.admit(caller(0, 0)));
  }

  @Test
  void admit_callerWithoutKey_always() {
    limits.configure(1, 1);
    for (int request = 0; request < 9; request++) {
      limits.admit(null).charge(9);
    }
    assertEquals(Map.of(), limits.refusedByTenant());
  }

  private static KeyCaller caller(int requests, int tokens) {
    return new KeyCaller("k", new Grant("acme", "app", KeyRole.APP, requests, tokens));
  }
}
