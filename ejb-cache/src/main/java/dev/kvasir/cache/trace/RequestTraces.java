package dev.kvasir.cache.trace;

import dev.kvasir.cache.RequestSummary;
import dev.kvasir.cache.request.FinishedRequest;
import dev.kvasir.cache.request.Phase;
import dev.kvasir.completion.Approximation;
import dev.kvasir.completion.CacheReport;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One span for each request, and one below it for each phase that it reached: names and numbers,
 * never its text or tokens. Safe for all threads.
 */
public final class RequestTraces implements Consumer<FinishedRequest> {
  /*
   * The spans are made at a request's end, with the times that were measured anyway, so tracing
   * costs nothing while it runs. They are made on the request's thread: there the server's own span
   * of the HTTP request is current, and becomes the parent. A phase that comes in parts (decode:
   * the first token is handed over before the blocks are offered) is one span from its first part
   * to its last. Attributes follow OpenTelemetry's conventions for generative AI where these have
   * a name.
   */
  private static final String SCOPE = "dev.kvasir.cache";

  private final Tracer tracer;

  /** Traces with the server's SDK, or any other. */
  public RequestTraces(OpenTelemetry telemetry) {
    tracer = telemetry.getTracer(SCOPE);
  }

  @Override
  public void accept(FinishedRequest request) {
    RequestSummary summary = request.summary();
    long arrivedNanos = TimeUnit.MILLISECONDS.toNanos(summary.arrivedEpochMillis());
    Span whole = begin("completion", arrivedNanos, Context.current());
    describe(whole, summary);
    Context parent = Context.current().with(whole);
    request.phases().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
        .forEach(phase -> addPhase(phase.getKey(), phase.getValue(), arrivedNanos, parent));
    long totalNanos = (long) (summary.totalMillis() * 1e6);
    whole.end(arrivedNanos + totalNanos, TimeUnit.NANOSECONDS);
  }

  private void addPhase(Phase phase, Phase.Span span, long arrivedNanos, Context parent) {
    begin(phase.label(), arrivedNanos + span.beginNanos(), parent)
        .end(arrivedNanos + span.endNanos(), TimeUnit.NANOSECONDS);
  }

  private Span begin(String name, long epochNanos, Context parent) {
    SpanBuilder builder = tracer.spanBuilder(name).setParent(parent);
    return builder.setStartTimestamp(epochNanos, TimeUnit.NANOSECONDS).startSpan();
  }

  private static void describe(Span span, RequestSummary summary) {
    span.setAttribute("kvasir.request.id", summary.id());
    span.setAttribute("kvasir.node", summary.node());
    span.setAttribute("kvasir.status", summary.status());
    span.setAttribute("gen_ai.request.model", summary.model());
    span.setAttribute("gen_ai.usage.input_tokens", (long) summary.promptTokens());
    span.setAttribute("gen_ai.usage.output_tokens", (long) summary.answerTokens());
    if (summary.status().equals("failed")) {
      span.setStatus(StatusCode.ERROR);
    }
    CacheReport cache = summary.cache();
    if (cache != null) {
      span.setAttribute("kvasir.tokens.pool", (long) cache.poolTokens());
      span.setAttribute("kvasir.tokens.near", (long) cache.nearTokens());
      span.setAttribute("kvasir.tokens.local", (long) cache.localTokens());
      span.setAttribute("kvasir.tokens.remote", (long) cache.remoteTokens());
      span.setAttribute("kvasir.tokens.disk", (long) cache.diskTokens());
      span.setAttribute("kvasir.tokens.computed", (long) cache.computedTokens());
      span.setAttribute("kvasir.miss_reason", cache.missReason().label());
      Approximation approximation = cache.approximation();
      if (approximation != null) {
        span.setAttribute("kvasir.approximate", approximation.policy().label());
        span.setAttribute("kvasir.tokens.reused", (long) approximation.reusedTokens());
      }
    }
  }
}
