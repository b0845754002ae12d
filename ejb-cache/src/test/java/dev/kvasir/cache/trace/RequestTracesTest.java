package dev.kvasir.cache.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.request.Phase;
import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CompletionFailedException;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

final class RequestTracesTest {
  private final List<SpanData> exported = new ArrayList<>();
  private final SdkTracerProvider sdk =
      SdkTracerProvider.builder()
          .addSpanProcessor(SimpleSpanProcessor.create(new TestingExporter(exported)))
          .build();
  private final RequestTraces traces = new RequestTraces(new TestingTelemetry(sdk));
  private final TestingNode node = new TestingNode("a", new TestingBlockStore());

  @AfterEach
  void close() {
    sdk.close();
  }

  private record TestingTelemetry(SdkTracerProvider sdk) implements OpenTelemetry {
    @Override
    public TracerProvider getTracerProvider() {
      return sdk;
    }

    @Override
    public ContextPropagators getPropagators() {
      return ContextPropagators.noop();
    }
  }

  /** Keeps what is exported. */
  private record TestingExporter(List<SpanData> exported) implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      exported.addAll(spans);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  private SpanData span(String name) {
    return exported.stream().filter(span -> span.getName().equals(name)).findAny().orElseThrow();
  }

  @Test
  void accept_answered_oneTreeWithoutText() {
    node.complete("t", "a shared beginning", CachePolicy.USE);
    Span http = sdk.get("test").spanBuilder("POST").startSpan();
    try (Scope current = http.makeCurrent()) {
      traces.accept(node.observer.finished.get(0));
      assertFalse(exported.isEmpty(), current::toString);
    } finally {
      http.end();
    }

    SpanData whole = span("completion");
    assertEquals(http.getSpanContext().getSpanId(), whole.getParentSpanId());
    assertEquals(19, whole.getAttributes().get(AttributeKey.longKey("gen_ai.usage.input_tokens")));
    assertEquals(
        19,
        Stream.of("pool", "near", "local", "remote", "disk", "computed")
            .map(source -> AttributeKey.longKey("kvasir.tokens." + source))
            .mapToLong(key -> Objects.requireNonNull(whole.getAttributes().get(key)))
            .sum());
    assertEquals(
        "first_seen", whole.getAttributes().get(AttributeKey.stringKey("kvasir.miss_reason")));
    List<String> phases = Stream.of(Phase.values()).map(Phase::label).toList();
    assertEquals(
        phases,
        exported.stream().map(SpanData::getName).filter(name -> phases.contains(name)).toList());
    for (String phase : phases) {
      SpanData part = span(phase);
      assertEquals(whole.getSpanId(), part.getParentSpanId());
      assertTrue(part.getStartEpochNanos() >= whole.getStartEpochNanos(), phase);
      assertTrue(part.getEndEpochNanos() <= whole.getEndEpochNanos(), phase);
    }
    assertFalse(exported.toString().contains("beginning"), exported::toString);
  }

  @Test
  void accept_failed_errorAndOnlyWhatItReached() {
    node.slots.failAtOpen("the engine broke");
    Assertions.assertThrows(
        CompletionFailedException.class, () -> node.complete("t", "abc", CachePolicy.USE));

    traces.accept(node.observer.finished.get(0));

    assertEquals(StatusCode.ERROR, span("completion").getStatus().getStatusCode());
    assertEquals(
        List.of("template", "queue", "lookup", "completion"),
        exported.stream().map(SpanData::getName).toList());
  }
}
