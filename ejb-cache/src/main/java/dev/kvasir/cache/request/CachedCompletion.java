package dev.kvasir.cache.request;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.Refusal;
import dev.kvasir.cache.queue.NoTurnException;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.completion.CompletionRefusedException;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.CompletionService;
import dev.kvasir.completion.ContextLengthExceededException;
import dev.kvasir.completion.FormatRefusedException;
import dev.kvasir.completion.NoDecodeSlotException;
import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.EngineStoppedException;
import dev.kvasir.inference.InferenceConnectionFactory;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.inference.PoolBusyException;
import dev.kvasir.inference.PoolExhaustedException;
import dev.kvasir.inference.ResponseFormatException;
import dev.kvasir.inference.TokenIds;
import java.util.Optional;

/**
 * Has requests answered ({@link RequestRun}), says in the caller's terms why one is not, and tells
 * of each end. Safe for all threads; each request stays on its caller's.
 */
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
    } catch (EngineStoppedException e) {
      throw stopping(e);
    } catch (InferenceException e) {
      throw engineFailed(e);
    }
    return model.info();
  }

  /**
   * The part of a request's prompt that it shares; empty if it shares nothing.
   *
   * @throws CompletionRefusedException if the prompt cannot be rendered, or is empty
   * @throws ContextLengthExceededException if it is far too long
   */
  public Optional<Prefix> prefix(CompletionRequest request) {
    Model model = loaded.get();
    TokenIds prompt = PromptTokens.of(model, request.prompt());
    return reuses.names().of(model.info().layout(), request, prompt);
  }

  @Override
  public Completion complete(CompletionRequest request, TokenSink sink) {
    RequestStory story = new RequestStory(request, site);
    try {
      Completion completion = serve(request, sink, story);
      story.answered(completion);
      return completion;
    } finally {
      FinishedRequest finished = story.finished();
      site.ends().forEach(end -> end.accept(finished));
    }
  }

  private Completion serve(CompletionRequest request, TokenSink sink, RequestStory story) {
    try {
      return new RequestRun(site, loaded.get(), request, sink, story).answer(inference, reuses);
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
    } catch (EngineStoppedException e) {
      throw refused(story, Refusal.DRAINING, stopping(e));
    } catch (InferenceException e) {
      throw engineFailed(e);
    }
  }

  private static NoDecodeSlotException stopping(EngineStoppedException cause) {
    return new NoDecodeSlotException(
        "this node is being stopped or started anew: " + cause.getMessage(), 1, cause);
  }

  private static CompletionFailedException engineFailed(InferenceException cause) {
    return new CompletionFailedException("the engine failed: " + cause.getMessage(), cause);
  }

  private <E extends RuntimeException> E refused(RequestStory story, Refusal reason, E refusal) {
    story.refused(reason);
    site.observer().refused(reason);
    return refusal;
  }
}
