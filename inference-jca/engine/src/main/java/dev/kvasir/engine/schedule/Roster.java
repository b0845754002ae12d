package dev.kvasir.engine.schedule;

import dev.kvasir.engine.schedule.Generation.Phase;
import dev.kvasir.inference.InferenceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where each sequence stands; alone writes their phase. Loop's thread only. */
final class Roster {
  private final List<Generation> running = new ArrayList<>(); // by arrival
  private final List<Generation> preempted = new ArrayList<>(); // by arrival
  private final Set<Generation> present = new HashSet<>(); // arrived and not ended
  private long arrivals;

  /** Gives a sequence its place in the order of arrival. */
  void arrive(Generation generation) {
    generation.arrival = arrivals++;
    present.add(generation);
  }

  void start(Generation generation) {
    place(generation, running, Phase.RUNNING);
  }

  void preempt(Generation generation) {
    running.remove(generation);
    place(generation, preempted, Phase.PREEMPTED);
  }

  void resume(Generation generation) {
    preempted.remove(generation);
    place(generation, running, Phase.RUNNING);
  }

  void end(Generation generation) {
    generation.phase = Phase.ENDED;
    present.remove(generation);
    running.remove(generation);
    preempted.remove(generation);
  }

  private static void place(Generation generation, List<Generation> byArrival, Phase phase) {
    generation.phase = phase;
    byArrival.add(generation);
    byArrival.sort(Comparator.comparingLong(each -> each.arrival));
  }

  /** Whether no sequence waits, is open, runs or is preempted. */
  boolean isEmpty() {
    return present.isEmpty();
  }

  /** Those that take part in steps, by arrival; a copy. */
  List<Generation> running() {
    return List.copyOf(running);
  }

  /** Those that gave their blocks back, by arrival; a copy. */
  List<Generation> preempted() {
    return List.copyOf(preempted);
  }

  /** Whether blocks are loaded for one of those that run. */
  boolean isMeeting() {
    return running.stream().anyMatch(generation -> !generation.holding.meeting.isOver());
  }

  /** Those that were asked to end. */
  List<Generation> cancelled() {
    return Stream.concat(running.stream(), preempted.stream())
        .filter(Generation::isCancelled)
        .toList();
  }

  /**
   * Who gives way, first choice first: the last whose reader is behind, then the last that came.
   */
  List<Generation> victims() {
    List<Generation> victims = new ArrayList<>();
    List<Generation> keepingUp = new ArrayList<>();
    for (int i = running.size() - 1; i >= 0; i--) {
      (running.get(i).wantsSteps() ? keepingUp : victims).add(running.get(i));
    }
    victims.addAll(keepingUp);
    return victims;
  }

  /** Whether a preempted one's reader waits for it. */
  boolean isMissed() {
    return preempted.stream().anyMatch(Generation::wantsSteps);
  }

  /** Ends all with a reason. */
  void failAll(InferenceException reason) {
    Stream.concat(running.stream(), preempted.stream())
        .forEach(
            generation -> {
              generation.outbox.fail(reason);
              generation.holding.meeting.end();
            });
    running.clear();
    preempted.clear();
    present.clear();
  }
}
