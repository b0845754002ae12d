package dev.kvasir.cache.queue;

import dev.kvasir.completion.Priority;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The order of waiting requests: the most urgent first, tenants in turn among equally urgent ones.
 * Not safe for threads.
 */
final class FairOrder {
  /*
   * Who has waited at a priority for a while moves up to the next one, behind those of its tenant that are there. At
   * the highest each tenant is served in turn and each of its requests in order, so every request's turn comes.
   *
   * A full queue takes a newcomer in, and lets one go of the tenant that then has the most waiting (the newcomer's, if
   * no other has more): of its least urgent the one that came last, which may be the newcomer. So a tenant's flood
   * costs its own requests their places, and all tenants can have the same number.
   */
  private final QueueRules rules;
  private final Map<Priority, TenantRing> rings = new EnumMap<>(Priority.class);

  FairOrder(QueueRules rules) {
    this.rules = rules;
    for (Priority priority : Priority.values()) {
      rings.put(priority, new TenantRing(rules.quantumTokens()));
    }
  }

  int size() {
    return rings.values().stream().mapToInt(TenantRing::size).sum();
  }

  int size(Priority priority, long now) {
    raiseAged(now);
    return ring(priority).size();
  }

  /** Puts a request in its place; returns who must leave for it, which may be itself, or null. */
  @Nullable Ticket enter(Ticket ticket) {
    raiseAged(ticket.arrivalNanos());
    ring(ticket.priority()).add(ticket);
    if (size() <= rules.length()) {
      return null;
    }
    Ticket leaving = leastUrgent(largestTenant(ticket.claim().tenant()));
    leave(leaving);
    return leaving;
  }

  private String largestTenant(String newcomer) {
    Map<String, Integer> waiting = new LinkedHashMap<>();
    rings.values().forEach(ring -> ring.count(waiting));
    String largest = newcomer;
    for (Map.Entry<String, Integer> tenant : waiting.entrySet()) {
      if (tenant.getValue() > waiting.getOrDefault(largest, 0)) {
        largest = tenant.getKey();
      }
    }
    return largest;
  }

  private Ticket leastUrgent(String tenant) {
    Ticket least = null;
    for (TenantRing ring : rings.values()) { // the last found is of the lowest priority
      Ticket last = ring.last(tenant);
      least = last == null ? least : last;
    }
    return Objects.requireNonNull(least, "the tenant has waiting requests");
  }

  /** Takes out one that waits. */
  void leave(Ticket ticket) {
    ring(ticket.priority()).remove(ticket);
  }

  /** Takes out whose turn it is; null if none waits. */
  @Nullable Ticket next(long now) {
    raiseAged(now);
    for (TenantRing ring : rings.values()) {
      Ticket next = ring.poll();
      if (next != null) {
        return next;
      }
    }
    return null;
  }

  /** As if each had been raised at its time: before anybody comes, so lines stay in that order. */
  private void raiseAged(long now) {
    raiseAged(Priority.LOW, now);
    raiseAged(Priority.NORMAL, now); // who was low may have waited for two steps
  }

  private void raiseAged(Priority priority, long now) {
    for (Ticket aged : ring(priority).takeSince(now - rules.agingNanos())) {
      aged.raise(rules.agingNanos());
      ring(aged.priority()).add(aged);
    }
  }

  private TenantRing ring(Priority priority) {
    return Objects.requireNonNull(rings.get(priority));
  }
}
