package dev.kvasir.cache.request;

import dev.kvasir.cache.queue.Claim;
import dev.kvasir.cache.queue.SlotQueue.Turn;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionChoice;
import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.NoDecodeSlotException;
import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.InferenceConnection;
import dev.kvasir.inference.InferenceConnectionFactory;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ResourceAllocationException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One request from its prompt to its answer, step by step; all of it on its caller's thread. */
final class RequestRun {
  private final Site site;
  private final Model model;
  private final CompletionRequest request;
  private final TokenSink sink;
  private final RequestStory story;
  private final StopWatch watch;
  private final TokenIds prompt;
  private final int maxNewTokens;

  /**
   * Reads the prompt.
   *
   * @param model that is to answer
   * @param story is told what becomes known
   */
  RequestRun(
      Site site, Model model, CompletionRequest request, TokenSink sink, RequestStory story) {
    this.site = site;
    this.model = model;
    this.request = request;
    this.sink = sink;
    this.story = story;
    watch = story.watch();
    prompt = PromptTokens.of(model, request.prompt());
    PromptTokens.requirePassages(model, request);
    story.prompt(model.info(), prompt.size());
    maxNewTokens = ContextRoom.of(model).newTokens(prompt.size(), request.maxNewTokens());
    ResponseFormat format = request.sampling().responseFormat();
    if (format != null) {
      model.requireFormat(format); // a wrong one waits for no slot, and compiles in none
    }
    watch.lapMillis(Phase.TEMPLATE);
  }

  /** Waits for a decode slot and answers on it, with what the cache has. */
  @SuppressWarnings("try") // a turn is held, not used
  Completion answer(InferenceConnectionFactory inference, Reuses reuses) {
    try (Turn turn = awaitTurn(); // first: who waits holds no fetched blocks
        InferenceConnection slot = turn == null ? null : takeSlot(inference)) {
      if (slot == null) {
        return givenUp();
      }
      requireSame(model.info(), slot.model().info());
      watch.lapMillis(Phase.QUEUE);
      return answerOn(slot, reuses);
    } catch (CancellationException e) { // before the slot had room for it
      return givenUp();
    }
  }

  private @Nullable Turn awaitTurn() {
    long cost = prompt.size() + (long) maxNewTokens * request.choices();
    Claim claim = new Claim(request.tenant(), request.priority(), cost);
    long beginNanos = site.ticker().read();
    try {
      return site.queue().enter(claim, sink::isWanted);
    } finally {
      site.observer().waited(claim.priority(), (site.ticker().read() - beginNanos) / 1e9);
    }
  }

  private static InferenceConnection takeSlot(InferenceConnectionFactory inference) {
    try {
      return inference.getConnection();
    } catch (ResourceAllocationException e) {
      throw new NoDecodeSlotException("no decode slot is free: " + e.getMessage(), 1, e);
    } catch (ResourceException e) {
      throw new CompletionFailedException("the inference adapter failed: " + e.getMessage(), e);
    }
  }

  /** The adapter may have been restarted meanwhile: the prompt's tokens are of the first model. */
  private static void requireSame(ModelInfo tokenized, ModelInfo slots) {
    if (!tokenized.equals(slots)) {
      throw new NoDecodeSlotException(
          "the engine was restarted with another model or other settings (%s, before: %s) while the request waited; send it again"
              .formatted(slots.id(), tokenized.id()));
    }
  }

  private Completion answerOn(InferenceConnection slot, Reuses reuses) {
    // who has what it lacks computed by another waits here; who computes is waited for
    try (Reuse reuse = reuses.lookUp(model, request, prompt, sink::isWanted)) {
      double lookupMillis = watch.lapMillis(Phase.LOOKUP) - reuse.waitedMillis();
      story.blocks(reuse.hashes());
      SequenceRequest asked =
          new SequenceRequest(
              prompt, reuse.hashes(), request.sampling(), maxNewTokens, request.choices());
      try (Sequence sequence = slot.open(asked, sink::isWanted)) {
        watch.lapMillis(Phase.OPEN);
        reuse.load(sequence);
        double loadMillis = watch.lapMillis(Phase.LOAD);
        GeneratedToken first = reuse.prefill(sequence);
        if (first.finish() == FinishReason.CANCELLED) {
          return givenUp();
        }
        reuse.computed(watch.lapMillis(Phase.PREFILL) / 1e3);
        CacheReport report =
            reuse.report(
                site.node(), new CacheTimes(lookupMillis, loadMillis, sequence.prefillMillis()));
        reached(report, reuse);
        return decode(sequence, first, reuse, report);
      }
    }
  }

  /** Tells of the first token. */
  private void reached(CacheReport report, Reuse reuse) {
    site.observer().firstToken(watch.totalMillis() / 1e3);
    story.firstToken(report);
    reuse.record(report, watch.totalMillis());
  }

  private Completion decode(
      Sequence sequence, GeneratedToken first, Reuse reuse, CacheReport report) {
    Answers answers = new Answers(sequence, sink, request.choices(), site);
    answers.deliver(first);
    watch.lapMillis(Phase.DECODE);
    reuse.publish();
    watch.lapMillis(Phase.PUBLISH);
    answers.readToEnd();
    watch.lapMillis(Phase.DECODE);
    answers.tokens().forEach(reuse::share);
    return new Completion(answers.finished(), prompt.size(), report);
  }

  /** What a request gets whose client has left before its first token. */
  private Completion givenUp() {
    site.observer().cancelled();
    CompletionChoice nothing = new CompletionChoice("", FinishReason.CANCELLED, 0, List.of());
    CacheReport report = new NoReuse(prompt.size()).report(site.node(), new CacheTimes(0, 0, 0));
    return new Completion(Collections.nCopies(request.choices(), nothing), prompt.size(), report);
  }
}
