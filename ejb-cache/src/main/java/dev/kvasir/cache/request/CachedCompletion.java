package dev.kvasir.cache.request;

import dev.kvasir.cache.Refusal;
import dev.kvasir.cache.queue.Claim;
import dev.kvasir.cache.queue.NoTurnException;
import dev.kvasir.cache.queue.SlotQueue.Turn;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionChoice;
import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.completion.CompletionRefusedException;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.CompletionService;
import dev.kvasir.completion.ContextLengthExceededException;
import dev.kvasir.completion.FormatRefusedException;
import dev.kvasir.completion.NoDecodeSlotException;
import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.InferenceConnection;
import dev.kvasir.inference.InferenceConnectionFactory;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.inference.PoolBusyException;
import dev.kvasir.inference.PoolExhaustedException;
import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.inference.ResponseFormatException;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ResourceAllocationException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The story of one request. Safe for all threads; each request stays on its caller's. */
public final class CachedCompletion implements CompletionService {
  private final InferenceConnectionFactory inference;
  private final LoadedModel loaded;
  private final Reuses reuses;
  private final Site site;

  /**
   * @param inference gives the model and its decode slots
   * @param reuses look the cache up
   * @param site where this runs and who hears of it
   */
  public CachedCompletion(InferenceConnectionFactory inference, Reuses reuses, Site site) {
    this.inference = inference;
    loaded = new LoadedModel(inference);
    this.reuses = reuses;
    this.site = site;
  }

  @Override
  public ModelInfo model() {
    Model model = loaded.get();
    try {
      model.requireServing();
    } catch (InferenceException e) {
      throw engineFailed(e);
    }
    return model.info();
  }

  @Override
  public Completion complete(CompletionRequest request, TokenSink sink) {
    RequestStory story = new RequestStory(request, site);
    try {
      Completion completion = serve(request, sink, story);
      story.answered(completion);
      return completion;
    } finally {
      site.observer().finished(story.finished());
    }
  }

  private Completion serve(CompletionRequest request, TokenSink sink, RequestStory story) {
    try {
      return run(request, sink, story);
    } catch (PoolExhaustedException e) {
      throw refused(
          story,
          Refusal.POOL,
          new CompletionRefusedException("the request is too long: " + e.getMessage(), e));
    } catch (ResponseFormatException e) {
      throw refused(
          story,
          Refusal.FORMAT,
          new FormatRefusedException("answers cannot be kept to it: " + e.getMessage(), e));
    } catch (CompletionRefusedException e) {
      throw refused(story, Refusal.PROMPT, e);
    } catch (ContextLengthExceededException e) {
      throw refused(story, Refusal.CONTEXT_LENGTH, e);
    } catch (NoTurnException e) {
      throw refused(
          story,
          e.reason(),
          new NoDecodeSlotException(String.valueOf(e.getMessage()), e.retryAfterSeconds(), e));
    } catch (PoolBusyException e) {
      throw refused(
          story,
          Refusal.NO_BLOCKS,
          new NoDecodeSlotException(
              "the engine is busy: " + e.getMessage(), site.queue().retryAfterSeconds(), e));
    } catch (NoDecodeSlotException e) {
      throw refused(story, Refusal.NO_SLOT, e);
    } catch (InferenceException e) {
      throw engineFailed(e);
    }
  }

  private static CompletionFailedException engineFailed(InferenceException cause) {
    return new CompletionFailedException("the engine failed: " + cause.getMessage(), cause);
  }

  private <E extends RuntimeException> E refused(RequestStory story, Refusal reason, E refusal) {
    story.refused(reason);
    site.observer().refused(reason);
    return refusal;
  }

  @SuppressWarnings("try") // a turn is held, not used
  private Completion run(CompletionRequest request, TokenSink sink, RequestStory story) {
    StopWatch watch = story.watch();
    Model model = loaded.get();
    TokenIds prompt = PromptTokens.of(model, request.prompt());
    story.prompt(model.info(), prompt.size());
    int maxNewTokens = ContextRoom.of(model).newTokens(prompt.size(), request.maxNewTokens());
    ResponseFormat format = request.sampling().responseFormat();
    if (format != null) {
      model.requireFormat(format); // a wrong one waits for no slot, and compiles in none
    }

    watch.lapMillis(Phase.TEMPLATE);
    long cost = prompt.size() + (long) maxNewTokens * request.choices();
    Claim claim = new Claim(request.tenant(), request.priority(), cost);
    try (Turn turn = awaitTurn(claim, sink); // first: who waits holds no fetched blocks
        InferenceConnection slot = turn == null ? null : takeSlot()) {
      if (slot == null) {
        return givenUp(request, prompt.size());
      }
      requireSame(model.info(), slot.model().info());
      watch.lapMillis(Phase.QUEUE);
      // who has what it lacks computed by another waits here; who computes is waited for
      try (Reuse reuse = reuses.lookUp(model, request, prompt)) {
        double lookupMillis = watch.lapMillis(Phase.LOOKUP) - reuse.waitedMillis();
        story.blocks(reuse.hashes());
        SequenceRequest asked =
            new SequenceRequest(
                prompt, reuse.hashes(), request.sampling(), maxNewTokens, request.choices());
        try (Sequence sequence = slot.open(asked)) {
          watch.lapMillis(Phase.OPEN);
          reuse.load(sequence);
          double loadMillis = watch.lapMillis(Phase.LOAD);
          GeneratedToken first = sequence.prefill(sink::isWanted);
          if (first.finish() == FinishReason.CANCELLED) {
            return givenUp(request, prompt.size());
          }
          reuse.computed(watch.lapMillis(Phase.PREFILL) / 1e3);

          CacheReport report =
              reuse.report(
                  site.node(), new CacheTimes(lookupMillis, loadMillis, sequence.prefillMillis()));
          site.observer().firstToken(watch.totalMillis() / 1e3);
          story.firstToken(report);
          reuse.record(report, watch.totalMillis());

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
      }
    }
  }

  /** What a request gets whose client has left before its first token. */
  private Completion givenUp(CompletionRequest request, int promptTokens) {
    site.observer().cancelled();
    CompletionChoice nothing = new CompletionChoice("", FinishReason.CANCELLED, 0, List.of());
    CacheReport report = new NoReuse(promptTokens).report(site.node(), new CacheTimes(0, 0, 0));
    return new Completion(Collections.nCopies(request.choices(), nothing), promptTokens, report);
  }

  private @Nullable Turn awaitTurn(Claim claim, TokenSink sink) {
    long beginNanos = site.ticker().read();
    try {
      return site.queue().enter(claim, sink::isWanted);
    } finally {
      site.observer().waited(claim.priority(), (site.ticker().read() - beginNanos) / 1e9);
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

  private InferenceConnection takeSlot() {
    try {
      return inference.getConnection();
    } catch (ResourceAllocationException e) {
      throw new NoDecodeSlotException("no decode slot is free: " + e.getMessage(), 1, e);
    } catch (ResourceException e) {
      throw new CompletionFailedException("the inference adapter failed: " + e.getMessage(), e);
    }
  }
}
