package dev.kvasir.cache.ejb;

import dev.kvasir.cache.request.FinishedRequest;
import dev.kvasir.cache.trace.RequestTraces;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;
import java.util.function.Consumer;

/** Whether this node traces, and by what. */
final class Tracing {
  /** MicroProfile Telemetry's own switch; its SDK is off unless this is false. */
  static final String DISABLED = "otel.sdk.disabled";

  private Tracing() {}

  /**
   * Who hears of requests to trace them; empty unless tracing is switched on.
   *
   * @param disabled value of {@link #DISABLED}
   * @throws IllegalArgumentException if it is on and the server cannot trace
   */
  static Optional<Consumer<FinishedRequest>> of(String disabled) {
    if (!disabled.equals("false")) {
      return Optional.empty();
    }
    try {
      return Optional.of(OfServer.traces());
    } catch (LinkageError | RuntimeException e) {
      throw new IllegalArgumentException(
          DISABLED
              + " is \"false\", but the server has no OpenTelemetry: add the feature"
              + " mpTelemetry-1.1, as telemetry.xml does, or leave the key out",
          e);
    }
  }

  /** Apart, so that its classes are looked for only when tracing is on. */
  private static final class OfServer {
    private static Consumer<FinishedRequest> traces() {
      return new RequestTraces(CDI.current().select(OpenTelemetry.class).get());
    }
  }
}
