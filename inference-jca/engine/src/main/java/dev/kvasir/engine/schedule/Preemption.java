package dev.kvasir.engine.schedule;

import dev.kvasir.engine.schedule.Generation.Phase;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.PoolBusyException;
import java.util.Optional;
import java.util.function.Predicate;

/** Who gives blocks back when there are none left, and when they come back. Loop's thread only. */
final class Preemption {
  /*
   * Whoever needs one more block, and finds none, has another sequence preempted: the last of those
   * whose reader is behind, else the one that came last, be it the asking one itself. So among those
   * whose readers keep up, the first comes to its end, and then the next is the first.
   *
   * Whoever waits to be let in has those preempted whose outbox is full, and no others: a reader that
   * has not asked for its second token yet is not slow.
   *
   * What preemption keeps aside is bounded. Who would exceed the bound is passed over for one who
   * would not (a sequence in the middle of its named prompt keeps nothing); where that leaves nobody,
   * the asking one waits for a step. If then nothing at all moves, waiting would have no end: the
   * victim fails, as its client may come again.
   */
  private final Roster roster;
  private final Residency residency;
  private final Prefiller prefiller;
  private final Outcomes outcomes;
  private long count;
  private boolean starved;

  Preemption(Roster roster, Residency residency, Prefiller prefiller, Outcomes outcomes) {
    this.roster = roster;
    this.residency = residency;
    this.prefiller = prefiller;
    this.outcomes = outcomes;
  }

  /** Times that somebody gave its blocks back. */
  long count() {
    return count;
  }

  /** Takes blocks up to a position; false if the sequence gave way to others, waits, or failed. */
  boolean makeRoom(Generation generation, int position) {
    try {
      while (!residency.isWritable(generation, position)) {
        if (!takeOne(generation, position)) {
          Optional<Generation> victim = affordableVictim(each -> true);
          if (victim.isEmpty()) {
            starved = true;
            return false;
          }
          preempt(victim.get());
        }
        if (generation.phase != Phase.RUNNING) {
          return false;
        }
      }
      return true;
    } catch (InferenceException e) {
      outcomes.fail(generation, e);
      return false;
    }
  }

  private boolean takeOne(Generation generation, int position) {
    return generation.holding.covers(position)
        ? residency.tryCopy(generation, position)
        : residency.tryGrow(generation.holding);
  }

  private Optional<Generation> affordableVictim(Predicate<Generation> wanted) {
    return roster.victims().stream().filter(wanted).filter(residency::canKeepAside).findFirst();
  }

  private void preempt(Generation generation) {
    try {
      residency.preempt(generation);
    } catch (InferenceException e) { // it still holds its blocks, and they cannot be read
      outcomes.fail(generation, e);
      return;
    }
    count++;
    prefiller.remove(generation);
    roster.preempt(generation);
  }

  /**
   * After a step, while somebody waits to be let in: the first to give way of those whose reader is
   * far behind does so. False if there is none.
   */
  boolean makeWayIn() {
    return giveWay(Generation::isBehind);
  }

  /**
   * After a step in which nothing was computed: lets one in whose reader waits for it, where all
   * that hold blocks wait for theirs; ends one where nobody can go on. False if that is not so.
   */
  boolean makeWay() {
    if (starved) {
      roster.victims().stream().findFirst().ifPresent(victim -> outcomes.end(victim, full()));
      return true;
    }
    return roster.isMissed() && giveWay(each -> !each.wantsSteps());
  }

  private boolean giveWay(Predicate<Generation> paused) {
    Optional<Generation> first = affordableVictim(paused);
    first.ifPresent(
        victim -> {
          preempt(victim);
          outcomes.admit();
        });
    return first.isPresent();
  }

  private static PoolBusyException full() {
    return new PoolBusyException(
        "the engine's pool is full, and so is the room for what preempted sequences keep");
  }

  /** A step begins: nobody waits for room yet. */
  void begin() {
    starved = false;
  }

  /** Lets sequences come back whose readers want tokens; false if one does not fit yet. */
  boolean resume() {
    for (Generation back : roster.preempted()) {
      if (back.wantsSteps()) {
        if (back.phase != Phase.PREEMPTED || !residency.tryResume(back)) {
          return false;
        }
        roster.resume(back);
        prefiller.resumed(back);
      }
    }
    return true;
  }
}
