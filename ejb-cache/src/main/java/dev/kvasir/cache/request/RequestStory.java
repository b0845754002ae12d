package dev.kvasir.cache.request;

import dev.kvasir.cache.Refusal;
import dev.kvasir.cache.RequestSummary;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.ModelInfo;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is known of a request so far; told at its end, however that comes. One thread. */
final class RequestStory {
  private static final String OK = "ok";
  private static final String CANCELLED = "cancelled";
  private static final String FAILED = "failed";

  private final CompletionRequest request;
  private final Site site;
  private final StopWatch watch;
  private final long arrivedEpochMillis;
  private String model = "";
  private String status = FAILED; // unless something else comes of it
  private int promptTokens;
  private int answerTokens;
  private double firstTokenMillis;
  private List<BlockHash> blocks = List.of();
  private @Nullable CacheReport report;
  private @Nullable KvLayout layout;

  RequestStory(CompletionRequest request, Site site) {
    this.request = request;
    this.site = site;
    watch = new StopWatch(site.ticker(), request.arrivalNanos());
    long ageNanos = site.ticker().read() - request.arrivalNanos();
    arrivedEpochMillis = System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(ageNanos);
  }

  /** Time since its arrival, in laps. */
  StopWatch watch() {
    return watch;
  }

  void prompt(ModelInfo info, int tokens) {
    model = info.id();
    layout = info.layout();
    promptTokens = tokens;
  }

  void blocks(List<BlockHash> names) {
    blocks = names;
  }

  void firstToken(CacheReport cache) {
    report = cache;
    firstTokenMillis = watch.totalMillis();
  }

  void refused(Refusal reason) {
    status = reason.label();
  }

  void answered(Completion completion) {
    status = completion.isCancelled() ? CANCELLED : OK;
    answerTokens = completion.newTokens();
  }

  FinishedRequest finished() {
    return new FinishedRequest(
        new RequestSummary(
            request.id(),
            site.node(),
            arrivedEpochMillis,
            request.tenant(),
            model,
            status,
            promptTokens,
            answerTokens,
            report,
            firstTokenMillis,
            watch.sinceArrivalMillis()),
        watch.phases(),
        layout,
        blocks);
  }
}
