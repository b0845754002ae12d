package dev.kvasir.cache.flight;

import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.PrefixCache;
import dev.kvasir.cache.Ticker;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Looks prefixes up for requests that share out what has to be computed. Safe for all threads. */
public final class SingleFlight {
  /*
   *   lookup -> all there?  yes: go on
   *               | no
   *             somebody computes the first missing block?  no: compute it, and let others wait
   *               | yes
   *             wait until the blocks that both lack are there, the other one ends, or patience
   *             ends; look up again
   *
   * Who waits holds its decode slot, and nothing else: no blocks of the pool, no fetched bytes. The
   * one that it waits for has its slot already, or it would not compute, and never waits itself
   * once it has begun; so nobody waits for what a waiting one holds, and there is no circle. A slot
   * is held no longer than by one that computes.
   *
   * The engine names blocks as it computes them, chunk by chunk, so that a short common beginning
   * is there long before a long prompt is done. Other members' blocks are there when they are
   * published; who would not load them, or has just lost them, does not wait for them.
   *
   * Patience is for the whole request: several leaders that fail one after the other do not add up.
   */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PrefixCache cache;
  private final Flights flights;
  private final PrefillPace pace;
  private final Ticker ticker;
  private final FlightObserver observer;

  /**
   * @param cache to look in
   * @param board where members tell what they compute
   * @param ticker measures waits
   * @param observer hears of them
   */
  public SingleFlight(
      PrefixCache cache, FlightBoard board, Ticker ticker, FlightObserver observer) {
    this.cache = cache;
    this.flights = new Flights(board);
    this.pace = new PrefillPace(ticker);
    this.ticker = ticker;
    this.observer = observer;
  }

  /**
   * What there is of a prefix, after a wait for whoever computes more of it.
   *
   * @param wanted asked about once a second while it waits; once false, it waits no longer
   */
  public Passage find(Prefix prefix, BooleanSupplier wanted) {
    long begin = ticker.read();
    long end = begin + pace.patienceNanos(prefix.hashes().size() * prefix.blockSize());
    boolean patient = true;
    while (true) {
      long waitedNanos = ticker.read() - begin;
      Lookup lookup = cache.longestPrefix(prefix);
      int found = lookup.blocks();
      List<BlockHash> missing = prefix.hashes().subList(found, prefix.hashes().size());
      Passage.Waited waited = new Passage.Waited(waitedNanos, !patient);
      if (missing.isEmpty()) {
        return new Passage(this, lookup, null, waited);
      }
      Flights.Boarding boarding =
          patient
              ? flights.enter(missing, lookup.endsAtAbsence())
              : new Flights.Boarding(flights.lead(missing), true);
      if (boarding.leads()) {
        return new Passage(this, lookup, boarding.flight(), waited);
      }
      int common = boarding.flight().countLeading(missing);
      lookup = null; // who waits holds no fetched blocks
      patient = follow(prefix, boarding.flight(), new Goal(found, common, wanted), end);
    }
  }

  /** The blocks that are waited for, behind those that there are, while they are wanted. */
  private record Goal(int found, int common, BooleanSupplier wanted) {
    int blocks() {
      return found + common;
    }
  }

  /** Waits; false if patience has ended. */
  private boolean follow(Prefix prefix, Flight flight, Goal goal, long end) {
    long begin = ticker.read();
    long patienceNanos =
        Math.min(end - begin, pace.patienceNanos(goal.common() * prefix.blockSize()));
    FlightOutcome outcome = await(prefix, flight, goal, begin + patienceNanos);
    observer.followed(outcome, (ticker.read() - begin) / 1e9);
    return outcome == FlightOutcome.COMPUTED || outcome == FlightOutcome.FREED;
  }

  private FlightOutcome await(Prefix prefix, Flight flight, Goal goal, long deadline) {
    long nextAsk = ticker.read() + ASK_NANOS;
    while (true) {
      boolean over = flight.isOver(); // before the look: what it computed is there by then
      if (isThere(prefix, flight, goal)) {
        return FlightOutcome.COMPUTED;
      }
      if (over) {
        return FlightOutcome.FREED;
      }
      long left = deadline - ticker.read();
      if (left <= 0) {
        return FlightOutcome.TIMEOUT;
      }
      if (ticker.read() - nextAsk >= 0) {
        if (!goal.wanted().getAsBoolean()) {
          return FlightOutcome.CANCELLED;
        }
        nextAsk += ASK_NANOS;
      }
      try {
        boolean unused = flight.awaitEnd(Math.min(left, LOOK_NANOS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return FlightOutcome.TIMEOUT;
      }
    }
  }

  private boolean isThere(Prefix prefix, Flight flight, Goal goal) {
    int there = flight.isHere() ? cache.poolBlocks(prefix) : cache.knownBlocks(prefix);
    return there >= goal.blocks();
  }

  void computed(@Nullable Flight led, int tokens, double seconds) {
    pace.observe(tokens, seconds);
    if (led != null) {
      flights.landed(led);
    }
  }

  void givenUp(@Nullable Flight led) {
    if (led != null) {
      flights.failed(led);
    }
  }
}
