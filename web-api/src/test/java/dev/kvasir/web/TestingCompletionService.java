package dev.kvasir.web;

import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionChoice;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.CompletionService;
import dev.kvasir.completion.MissReason;
import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.Fingerprint;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.KvType;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.inference.TokenLogprobs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A completion service that says a given text, piece by piece, and may fail on the way. */
public final class TestingCompletionService implements CompletionService {
  public static final ModelInfo MODEL =
      new ModelInfo(
          "tiny",
          2048,
          1000,
          4_300_000,
          3_000,
          new KvLayout(
              List.of(0, 1), 1, 8, 16, KvType.BF16, new Fingerprint(new BlockHash(0, 0, 0, 0))),
          "plain",
          "cpu",
          false);

  /** The same model with a template that shows it tools. */
  public static final ModelInfo MODEL_WITH_TOOLS =
      new ModelInfo(
          MODEL.id(),
          MODEL.contextTokens(),
          MODEL.vocabularySize(),
          MODEL.parameters(),
          MODEL.tokensToDouble(),
          MODEL.layout(),
          MODEL.kernelForm(),
          MODEL.device(),
          true);

  public static final CacheReport REPORT =
      new CacheReport(64, 32, 16, 8, 0, 5, MissReason.FIRST_SEEN, 1.5, 0.25, 12, "kvasir");

  private final List<String> pieces;
  private final @Nullable RuntimeException failure;
  private @Nullable TokenLogprobs logprobs;
  private int accepted;

  private TestingCompletionService(List<String> pieces, @Nullable RuntimeException failure) {
    this.pieces = pieces;
    this.failure = failure;
  }

  /** Says the pieces and ends. */
  public static TestingCompletionService saying(String... pieces) {
    return new TestingCompletionService(List.of(pieces), null);
  }

  /** Says the pieces, then fails. */
  public static TestingCompletionService failing(RuntimeException failure, String... pieces) {
    return new TestingCompletionService(List.of(pieces), failure);
  }

  /** Says the same with each token. */
  public TestingCompletionService withLogprobs(TokenLogprobs logprobs) {
    this.logprobs = logprobs;
    return this;
  }

  /** The answer that {@link #saying} ends with. */
  public static Completion completion(String text) {
    return completion(text, List.of());
  }

  /** Likewise, with log-probabilities of its tokens. */
  public static Completion completion(String text, List<TokenLogprobs> logprobs) {
    return new Completion(
        List.of(new CompletionChoice(text, FinishReason.STOP, 3, logprobs)), 125, REPORT);
  }

  /** Tokens that the sink took before it refused one, or all. */
  public int accepted() {
    return accepted;
  }

  @Override
  public ModelInfo model() {
    return MODEL;
  }

  @Override
  public Completion complete(CompletionRequest request, TokenSink sink) {
    for (int i = 0; i < pieces.size(); i++) {
      boolean last = failure == null && i == pieces.size() - 1;
      FinishReason finish = last ? FinishReason.STOP : null;
      if (!sink.accept(new GeneratedToken(0, i, pieces.get(i), finish, logprobs))) {
        CompletionChoice none = new CompletionChoice("", FinishReason.CANCELLED, i + 1, List.of());
        return new Completion(List.of(none), 125, REPORT);
      }
      accepted++;
    }
    if (failure != null) {
      throw failure;
    }
    return completion(String.join("", pieces));
  }
}
