package dev.kvasir.cache.accesslog;

import dev.kvasir.cache.RequestSummary;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.request.FinishedRequest;
import dev.kvasir.cache.request.Phase;
import dev.kvasir.completion.Approximation;
import dev.kvasir.completion.CacheReport;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** One request as a JSON object: no text, no tokens. One thread. */
final class AccessLine {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int DECIMALS = 3;

  /** Always as long, so that lines can be sorted as texts. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final BlockAliases aliases;

  AccessLine(BlockAliases aliases) {
    this.aliases = aliases;
  }

  String of(FinishedRequest request) {
    RequestSummary summary = request.summary();
    JsonObjectBuilder line =
        Json.createObjectBuilder()
            .add("time", TIME.format(Instant.ofEpochMilli(summary.arrivedEpochMillis())))
            .add("request", summary.id())
            .add("node", summary.node())
            .add("tenant", summary.tenant())
            .add("model", summary.model())
            .add("status", summary.status())
            .add("tokens", summary.promptTokens())
            .add("answer_tokens", summary.answerTokens());
    CacheReport cache = summary.cache();
    if (cache != null) {
      line.add("sources", sources(cache));
      line.add("miss_reason", cache.missReason().label());
      Approximation approximation = cache.approximation();
      if (approximation != null) {
        line.add("approximate", approximation.policy().label());
        line.add("reused_tokens", approximation.reusedTokens());
      }
    }
    return line.add("ms", millis(request))
        .add("blocks", Json.createArrayBuilder(aliases.of(request.blocks())))
        .build()
        .toString();
  }

  private static JsonObjectBuilder sources(CacheReport cache) {
    return Json.createObjectBuilder()
        .add(Source.POOL.label(), cache.poolTokens())
        .add(Source.NEAR.label(), cache.nearTokens())
        .add(Source.LOCAL.label(), cache.localTokens())
        .add(Source.REMOTE.label(), cache.remoteTokens())
        .add(Source.DISK.label(), cache.diskTokens())
        .add("computed", cache.computedTokens());
  }

  private static JsonObjectBuilder millis(FinishedRequest request) {
    JsonObjectBuilder millis = Json.createObjectBuilder();
    for (Phase phase : Phase.values()) {
      Phase.Span span = request.phases().get(phase);
      if (span != null) {
        millis.add(phase.label(), rounded(span.busyNanos() / NANOS_PER_MILLI));
      }
    }
    return millis
        .add("first_token", rounded(request.summary().firstTokenMillis()))
        .add("total", rounded(request.summary().totalMillis()));
  }

  private static BigDecimal rounded(double millis) {
    return BigDecimal.valueOf(millis).setScale(DECIMALS, RoundingMode.HALF_UP);
  }
}
