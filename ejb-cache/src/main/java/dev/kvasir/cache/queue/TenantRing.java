package dev.kvasir.cache.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Waiting requests of one priority, tenants in turn. Not safe for threads. */
final class TenantRing {
  /*
   * Deficit round robin [1] over tenants, in the form of FQ-CoDel [2]: a tenant is served while it has credit (the
   * papers' deficit), which its requests' costs are taken from; without credit it gets a quantum and goes to the end
   * of the ring. What it overdraws it waits off in later rounds, so in the long run all tenants that wait get the same
   * number of tokens, whatever the size of their requests.
   *
   * A tenant that comes anew has one request served before the ring: the single request of one goes before the many of
   * another. When its line is empty it goes through the ring once more before it is forgotten, so to come and go earns
   * nothing.
   *
   * Cost: constant for each request and quantum. Failure mode: a tenant with many names is many tenants.
   *
   * [1] M. Shreedhar, G. Varghese: Efficient Fair Queueing Using Deficit Round Robin. SIGCOMM 1995.
   * [2] RFC 8290, section 4.2.
   */
  private final int quantumTokens;
  private final Map<String, Line> lines = new LinkedHashMap<>(); // by tenant
  private final Deque<Line> fresh = new ArrayDeque<>(); // before the ring
  private final Deque<Line> ring = new ArrayDeque<>(); // next turn first
  private int size;

  TenantRing(int quantumTokens) {
    this.quantumTokens = quantumTokens;
  }

  int size() {
    return size;
  }

  /** Puts a request behind those of its tenant. */
  void add(Ticket ticket) {
    Line line = lines.computeIfAbsent(ticket.claim().tenant(), this::begin);
    line.waiting.addLast(ticket);
    size++;
  }

  private Line begin(String tenant) {
    Line line = new Line(tenant);
    fresh.addLast(line);
    return line;
  }

  /** Takes the next one out; null if none waits. */
  @Nullable Ticket poll() {
    while (size > 0) {
      boolean anew = !fresh.isEmpty();
      Deque<Line> from = anew ? fresh : ring;
      Line line = from.getFirst();
      if (line.creditTokens <= 0) {
        line.creditTokens += quantumTokens;
        ring.addLast(from.removeFirst());
      } else if (!line.waiting.isEmpty()) {
        Ticket next = line.waiting.removeFirst();
        line.creditTokens -= next.claim().costTokens();
        size--;
        return next;
      } else if (anew) {
        ring.addLast(from.removeFirst());
      } else {
        lines.remove(from.removeFirst().tenant);
      }
    }
    forgetTurns();
    return null;
  }

  /** Nobody waits, so nobody is owed anything. */
  private void forgetTurns() {
    lines.clear();
    fresh.clear();
    ring.clear();
  }

  /** Takes one out that waits here. */
  void remove(Ticket ticket) {
    Line line = lines.get(ticket.claim().tenant());
    if (line == null || !line.waiting.remove(ticket)) {
      throw new IllegalArgumentException("the ticket does not wait here");
    }
    size--;
  }

  /** Of a tenant the one that came last; null if none of it waits. */
  @Nullable Ticket last(String tenant) {
    Line line = lines.get(tenant);
    return line == null ? null : line.waiting.peekLast();
  }

  /** Takes out those that have had their priority since then, or longer. */
  List<Ticket> takeSince(long nanos) {
    List<Ticket> taken = new ArrayList<>();
    for (Line line : lines.values()) {
      Ticket first = line.waiting.peekFirst();
      while (first != null && first.priorityNanos() - nanos <= 0) {
        taken.add(line.waiting.removeFirst());
        first = line.waiting.peekFirst();
      }
    }
    size -= taken.size();
    return taken;
  }

  /** Adds each tenant's number of waiting requests. */
  void count(Map<String, Integer> byTenant) {
    lines.forEach((tenant, line) -> byTenant.merge(tenant, line.waiting.size(), Integer::sum));
  }

  /** The waiting requests of a tenant. */
  private static final class Line {
    final String tenant;
    final Deque<Ticket> waiting = new ArrayDeque<>(); // longest at this priority first
    long creditTokens = 1; // enough for one request, whatever it costs

    Line(String tenant) {
      this.tenant = tenant;
    }
  }
}
