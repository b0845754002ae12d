package dev.kvasir.web.cache;

import dev.kvasir.cache.AbsenceMemory;
import dev.kvasir.cache.Explanation;
import dev.kvasir.cache.RequestSummary;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Gap;
import dev.kvasir.completion.LoadEstimate;
import dev.kvasir.web.completion.ApproximateForm;
import dev.kvasir.web.openai.KvasirApproximate;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request took from the cache what it took.
 *
 * @param request its id
 * @param node that answered it
 * @param time when it came, UTC
 * @param status {@code ok}, {@code cancelled}, {@code failed}, or why it was refused
 * @param sources prompt tokens by where their K/V came from; absent without a first token
 * @param gaps the computed ones by reason, in the prompt's order; likewise
 * @param load what was decided of cached blocks; absent if there were none beyond the pool
 * @param approximate what made its answer approximate; absent of an exact one
 * @param ms what it took
 * @param memory how much the node remembers of blocks that left
 */
@JsonbPropertyOrder({
  "request",
  "node",
  "time",
  "tenant",
  "model",
  "status",
  "promptTokens",
  "answerTokens",
  "sources",
  "gaps",
  "load",
  "approximate",
  "ms",
  "memory"
})
public record ExplainBody(
    String request,
    String node,
    String time,
    String tenant,
    String model,
    String status,
    int promptTokens,
    int answerTokens,
    @Nullable Sources sources,
    @Nullable List<Missed> gaps,
    @Nullable Load load,
    @Nullable KvasirApproximate approximate,
    Times ms,
    Memory memory) {

  /** Tokens by source. */
  @JsonbPropertyOrder({"pool", "near", "local", "remote", "disk", "computed"})
  public record Sources(int pool, int near, int local, int remote, int disk, int computed) {}

  /** Computed tokens: why, and of an evicted block by which policy and how long before. */
  @JsonbPropertyOrder({"reason", "tokens", "policy", "agoS"})
  public record Missed(String reason, int tokens, @Nullable String policy, @Nullable Double agoS) {}

  /** Load or recompute: estimates are absent if too little was measured lately. */
  @JsonbPropertyOrder({
    "tokens",
    "decision",
    "loadEstimateMs",
    "recomputeEstimateMs",
    "measuredLoadMs"
  })
  public record Load(
      int tokens,
      String decision,
      @Nullable Double loadEstimateMs,
      @Nullable Double recomputeEstimateMs,
      @Nullable Double measuredLoadMs) {}

  /** Milliseconds; of lookup, load and prefill 0 without a first token. */
  @JsonbPropertyOrder({"lookup", "load", "prefill", "firstToken", "total"})
  public record Times(
      double lookup, double load, double prefill, double firstToken, double total) {}

  /** Names of blocks that left: most, now, and how long ago the oldest of them left. */
  @JsonbPropertyOrder({"capacity", "names", "oldestS"})
  public record Memory(int capacity, int names, double oldestS) {}

  static ExplainBody of(Explanation explanation) {
    RequestSummary request = explanation.request();
    CacheReport cache = request.cache();
    return new ExplainBody(
        request.id(),
        request.node(),
        Instant.ofEpochMilli(request.arrivedEpochMillis()).toString(),
        request.tenant(),
        request.model(),
        request.status(),
        request.promptTokens(),
        request.answerTokens(),
        cache == null ? null : sources(cache),
        cache == null ? null : cache.gaps().stream().map(ExplainBody::missed).toList(),
        cache == null ? null : load(cache),
        cache == null ? null : ApproximateForm.of(cache.approximation()),
        times(request),
        memory(explanation.memory()));
  }

  private static Sources sources(CacheReport cache) {
    return new Sources(
        cache.poolTokens(),
        cache.nearTokens(),
        cache.localTokens(),
        cache.remoteTokens(),
        cache.diskTokens(),
        cache.computedTokens());
  }

  private static Missed missed(Gap gap) {
    return new Missed(gap.reason().label(), gap.tokens(), gap.policy(), gap.agoSeconds());
  }

  private static @Nullable Load load(CacheReport cache) {
    LoadEstimate estimate = cache.estimate();
    return estimate == null
        ? null
        : new Load(
            estimate.tokens(),
            decision(cache, estimate),
            estimate.loadMillis(),
            estimate.recomputeMillis(),
            estimate.load() ? (Double) (cache.lookupMillis() + cache.loadMillis()) : null);
  }

  private static String decision(CacheReport cache, LoadEstimate estimate) {
    if (!estimate.load()) {
      return "recompute";
    }
    return cache.meanwhileTokens() > 0 ? "both" : "load";
  }

  private static Times times(RequestSummary request) {
    CacheReport cache = request.cache();
    return new Times(
        cache == null ? 0 : cache.lookupMillis(),
        cache == null ? 0 : cache.loadMillis(),
        cache == null ? 0 : cache.prefillMillis(),
        request.firstTokenMillis(),
        request.totalMillis());
  }

  private static Memory memory(AbsenceMemory memory) {
    return new Memory(memory.capacity(), memory.names(), memory.oldestSeconds());
  }
}
