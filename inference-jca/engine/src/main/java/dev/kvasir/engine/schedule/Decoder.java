package dev.kvasir.engine.schedule;

import dev.kvasir.engine.draft.StepPlan;
import dev.kvasir.engine.draft.StepTimes;
import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.graph.StepInput;
import dev.kvasir.inference.InferenceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** Computes the next tokens of several sequences in one step. Loop's thread only. */
final class Decoder {
  /** A sequence's rows: its last token, and behind it those of its draft. */
  @SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never compared
  private record Rows(Generation generation, int[] draft) {
    void addTo(DecodeStep step) {
      int position = generation.decodePosition();
      step.add(generation.continuation.lastToken(), position, generation.holding.table());
      for (int i = 0; i < draft.length; i++) {
        step.add(draft[i], position + 1 + i, generation.holding.table());
      }
    }
  }

  private final PagedGraph graph;
  private final StepRules rules;
  private final Residency residency;
  private final Outcomes outcomes;
  private final LongSupplier nanoTime;
  private final StepTimes times;
  private long steps;
  private long rows;
  private long draftedTokens;
  private long acceptedTokens;

  Decoder(
      PagedGraph graph,
      StepRules rules,
      Residency residency,
      Outcomes outcomes,
      LongSupplier nanoTime) {
    this.graph = graph;
    this.rules = rules;
    this.residency = residency;
    this.outcomes = outcomes;
    this.nanoTime = nanoTime;
    this.times = new StepTimes();
  }

  /** Decodes sequences that have room for a token each. */
  void decode(List<Generation> ready) {
    for (int from = 0; from < ready.size(); from += rules.maxDecodeRows()) {
      run(planned(ready.subList(from, Math.min(ready.size(), from + rules.maxDecodeRows()))));
    }
  }

  private List<Rows> planned(List<Generation> batch) {
    int blocks = batch.stream().mapToInt(Decoder::blocksToRead).max().orElse(0);
    StepPlan plan = new StepPlan(times, batch.size(), blocks);
    List<Rows> planned = new ArrayList<>();
    for (Generation generation : batch) {
      int room = Math.min(generation.continuation.room() - 1, rules.maxDecodeRows() - plan.rows());
      int[] draft = generation.drafting.draft(room, plan);
      while (draft.length > 0 && !hasRoom(generation, draft.length)) {
        draft = Arrays.copyOf(draft, draft.length - 1);
      }
      plan.add(draft.length, generation.drafting.expectedTokens(draft.length));
      planned.add(new Rows(generation, draft));
    }
    return planned;
  }

  private static int blocksToRead(Generation generation) {
    return generation.holding.blocksFor(generation.decodePosition() + 1);
  }

  /** Whether there are blocks for so many more tokens; nobody is preempted for a draft. */
  private boolean hasRoom(Generation generation, int more) {
    boolean grown = true;
    while (grown && !generation.holding.covers(generation.decodePosition() + more)) {
      grown = residency.tryGrow(generation.holding);
    }
    return grown;
  }

  private void run(List<Rows> batch) {
    DecodeStep step = new DecodeStep();
    batch.forEach(each -> each.addTo(step));
    StepInput input = step.input();
    long start = nanoTime.getAsLong();
    float[][] logits;
    try {
      logits = graph.step(input);
    } catch (InferenceException e) {
      if (batch.size() == 1) {
        outcomes.fail(batch.get(0).generation(), e);
      } else { // whose row it was shows when each is computed alone; writing twice changes nothing
        batch.forEach(each -> run(List.of(each)));
      }
      return;
    }
    times.record(step.size(), input.blockTables()[0].length, nanoTime.getAsLong() - start);
    steps++;
    rows += step.size();
    int first = 0;
    for (Rows each : batch) {
      accept(each, logits, first);
      first += 1 + each.draft().length;
    }
  }

  /** Takes rows as long as the draft that they stand on was right. */
  private void accept(Rows rows, float[][] logits, int first) {
    Generation generation = rows.generation();
    int[] draft = rows.draft();
    int right = 0;
    boolean goesOn = true;
    for (int i = 0; i <= right && goesOn; i++) {
      residency.decoded(generation, generation.decodePosition());
      goesOn = outcomes.deliver(generation, logits[first + i]);
      if (goesOn && i < draft.length && draft[i] == generation.continuation.lastToken()) {
        right++;
      }
    }
    if (goesOn) {
      generation.drafting.judge(draft.length, right);
    }
    draftedTokens += draft.length;
    acceptedTokens += right;
  }

  /** Steps so far. */
  long steps() {
    return steps;
  }

  /** Rows of these steps. */
  long rows() {
    return rows;
  }

  /** Tokens that were drafted. */
  long draftedTokens() {
    return draftedTokens;
  }

  /** Those of them that were right. */
  long acceptedTokens() {
    return acceptedTokens;
  }
}
