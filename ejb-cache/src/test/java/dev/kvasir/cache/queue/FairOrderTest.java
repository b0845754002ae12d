package dev.kvasir.cache.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.completion.Priority;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests are named by tenant and number: a1, a2, b1. */
final class FairOrderTest {
  private static final int QUANTUM = 100;
  private static final long AGING = 50;

  private final Condition condition = new ReentrantLock().newCondition();
  private final Map<Ticket, String> names = new HashMap<>();
  private FairOrder order = order(1_000);

  private static FairOrder order(int length) {
    return new FairOrder(new QueueRules(1, length, 1_000_000, AGING, QUANTUM));
  }

  /** Returns the name of who must leave. */
  private @Nullable String enter(String name, Priority priority, long cost, long now) {
    Ticket ticket = new Ticket(new Claim(name.substring(0, 1), priority, cost), now, condition);
    names.put(ticket, name);
    Ticket leaving = order.enter(ticket);
    return leaving == null ? null : names.get(leaving);
  }

  private @Nullable String enter(String name) {
    return enter(name, Priority.NORMAL, QUANTUM, 0);
  }

  private void enterAll(String... all) {
    for (String name : all) {
      assertNull(enter(name));
    }
  }

  private List<String> next(int count, long now) {
    List<String> served = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Ticket ticket = order.next(now);
      served.add(ticket == null ? "nobody" : names.get(ticket));
    }
    return served;
  }

  private List<String> next(int count) {
    return next(count, 0);
  }

  @Test
  void next_oneTenant_inOrderOfArrival() {
    enterAll("a1", "a2", "a3");
    assertEquals(List.of("a1", "a2", "a3", "nobody"), next(4));
  }

  @Test
  void next_oneFloodsAndTheOtherSendsOne_theOtherIsNext() {
    enterAll("a1", "a2", "a3", "a4");
    assertEquals(List.of("a1"), next(1));
    enterAll("b1");
    assertEquals(List.of("b1", "a2", "a3", "a4"), next(4));
  }

  @Test
  void next_cheapOnes_aQuantumATurn() {
    for (int i = 1; i <= 7; i++) {
      enter("a" + i, Priority.NORMAL, 40, 0);
    }
    assertEquals(List.of("a1", "a2"), next(2)); // the first before the ring, the second in it
    enter("c1", Priority.NORMAL, 40, 0);
    enter("b1", Priority.NORMAL, 40, 0);
    enter("b2", Priority.NORMAL, 40, 0);
    // new ones first, then the rest of a's quantum (61, 21, 0 left), then the others' turn
    assertEquals(List.of("c1", "b1", "a3", "b2", "a4", "a5", "a6"), next(7));
  }

  @Test
  void next_bothWait_inTurns() {
    enterAll("a1", "a2", "a3", "a4", "b1", "b2", "b3");
    assertEquals(List.of("a1", "b1", "a2", "b2", "a3", "b3", "a4"), next(7));
  }

  @Test
  void next_differentCosts_sameTokens() {
    for (int i = 0; i < 6; i++) {
      enter("a" + i, Priority.NORMAL, 50, 0);
    }
    for (int i = 0; i < 3; i++) {
      enter("b" + i, Priority.NORMAL, 200, 0);
    }
    // each of b's requests costs it two turns, and a has two requests in a turn
    assertEquals(List.of("a0", "b0", "a1", "a2", "a3", "a4", "b1", "a5", "b2"), next(9));
  }

  @Test
  void next_comesAndGoes_hasNoMoreThanItsShare() {
    enterAll("a1", "a2", "a3", "a4", "b1");
    assertEquals(List.of("a1", "b1"), next(2));
    enterAll("b2"); // b's line was empty, but not forgotten: it has used its quantum
    assertEquals(List.of("a2", "b2"), next(2));
    enterAll("b3");
    assertEquals(List.of("a3", "b3", "a4"), next(3));
  }

  @Test
  void next_longFlood_noTenantGetsMoreThanAQuantumAndARequestAhead() {
    long seed = 7;
    Random random = new Random(seed);
    Map<String, Long> tokens = new HashMap<>();
    Map<Ticket, Long> costs = new HashMap<>();
    int largest = 3 * QUANTUM;
    for (String tenant : List.of("a", "b", "c")) {
      for (int i = 0; i < 300; i++) {
        long cost = 1L + random.nextInt(tenant.equals("a") ? 20 : largest);
        Ticket ticket = new Ticket(new Claim(tenant, Priority.NORMAL, cost), 0, condition);
        costs.put(ticket, cost);
        order.enter(ticket);
      }
    }
    for (int i = 0; i < 300; i++) { // none of the three has nothing to do by then
      Ticket ticket = Objects.requireNonNull(order.next(0));
      tokens.merge(ticket.claim().tenant(), costs.getOrDefault(ticket, 0L), Long::sum);
    }
    long most = tokens.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    long least = tokens.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    assertEquals(3, tokens.size());
    assertTrue(most - least <= 2 * QUANTUM + largest, () -> tokens + " of seed " + seed);
  }

  @Test
  void next_priorities_mostUrgentFirst() {
    enter("a1", Priority.LOW, QUANTUM, 0);
    enter("a2", Priority.NORMAL, QUANTUM, 0);
    enter("a3", Priority.HIGH, QUANTUM, 0);
    enter("b1", Priority.NORMAL, QUANTUM, 0);
    enter("b2", Priority.LOW, QUANTUM, 0);
    enter("b3", Priority.HIGH, QUANTUM, 0);
    assertEquals(List.of("a3", "b3", "a2", "b1", "a1", "b2"), next(6));
  }

  @Test
  void next_aged_movesUpAStepAtATime() {
    enter("a1", Priority.LOW, QUANTUM, 0);
    enter("b1", Priority.NORMAL, QUANTUM, 10);
    enter("b2", Priority.NORMAL, QUANTUM, 10);
    enter("b3", Priority.NORMAL, QUANTUM, 10);
    assertEquals(List.of("b1"), next(1, AGING - 1));
    // a1 is normal now, and a's turn comes before b's next
    assertEquals(List.of("a1", "b2", "b3"), next(3, AGING));
  }

  @Test
  void next_nobodyAskedForLong_movesUpAllStepsAtOnce() {
    enter("a1", Priority.LOW, QUANTUM, 0);
    enter("b1", Priority.NORMAL, QUANTUM, AGING + 1);
    assertEquals(List.of("a1", "b1"), next(2, 2 * AGING));
  }

  @Test
  void size_agedLate_eachStepCountsFromItsTime() {
    enter("a1", Priority.LOW, QUANTUM, 0);
    assertEquals(1, order.size(Priority.LOW, AGING - 1));
    assertEquals(1, order.size(Priority.NORMAL, 2 * AGING - 1));
    assertEquals(1, order.size(Priority.HIGH, 2 * AGING));
  }

  @Test
  void next_urgentOnesWithoutEnd_theLowOneIsServed() {
    enter("a0", Priority.LOW, QUANTUM, 0);
    enter("b0", Priority.HIGH, QUANTUM, 0);
    assertEquals(List.of("b0"), next(1, 0));
    enter("b1", Priority.HIGH, QUANTUM, AGING);
    assertEquals(List.of("b1"), next(1, AGING)); // a0 is normal
    enter("b2", Priority.HIGH, QUANTUM, 2 * AGING);
    enter("b3", Priority.HIGH, QUANTUM, 2 * AGING);
    assertEquals(List.of("a0", "b2", "b3"), next(3, 2 * AGING)); // a0 is high, its tenant new there
  }

  @Test
  void enter_fullOfOneTenant_itsLastLeavesForAnother() {
    order = order(3);
    enterAll("a1", "a2", "a3");
    assertEquals("a3", enter("b1"));
    assertEquals("b2", enter("b2")); // 2 and 2: the newcomer's tenant has no less than the other
    assertEquals(List.of("a1", "b1", "a2"), next(3));
  }

  @Test
  void enter_fullOfOneTenant_ownNewcomerLeaves() {
    order = order(2);
    enterAll("a1", "a2");
    assertEquals("a3", enter("a3"));
  }

  @Test
  void enter_full_theLeastUrgentOfTheTenantLeaves() {
    order = order(3);
    enter("a1", Priority.LOW, QUANTUM, 0);
    enter("a2", Priority.LOW, QUANTUM, 0);
    enter("a3", Priority.HIGH, QUANTUM, 0);
    assertEquals("a2", enter("a4", Priority.NORMAL, QUANTUM, 0));
    assertEquals("a1", enter("b1", Priority.LOW, QUANTUM, 0));
    assertEquals("b2", enter("b2", Priority.LOW, QUANTUM, 0));
    assertEquals(List.of("a3", "a4", "b1"), next(3));
  }

  @Test
  void leave_waiting_othersMoveUp() {
    Ticket leaving = new Ticket(new Claim("a", Priority.NORMAL, QUANTUM), 0, condition);
    order.enter(leaving);
    enterAll("a2", "b1");
    order.leave(leaving);
    assertEquals(2, order.size());
    assertEquals(List.of("a2", "b1", "nobody"), next(3));
  }

  @Test
  void next_nobodyWaited_nothingIsOwed() {
    enter("a1", Priority.NORMAL, 100 * QUANTUM, 0);
    assertEquals(List.of("a1", "nobody"), next(2));
    enterAll("a2", "b1");
    assertEquals(List.of("a2", "b1"), next(2));
  }
}
