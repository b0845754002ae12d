package dev.kvasir.web.ops;

import dev.kvasir.completion.CompletionService;
import dev.kvasir.inference.ModelInfo;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started and ready once the model is loaded, and as long as its engine serves. */
@Startup
@Readiness
@ApplicationScoped
public class ModelHealth implements HealthCheck {
  @EJB CompletionService completions;

  @Override
  public HealthCheckResponse call() {
    return of(() -> completions.model());
  }

  static HealthCheckResponse of(Supplier<ModelInfo> loaded) {
    try {
      ModelInfo model = loaded.get();
      return answer(
          Status.UP,
          Map.of(
              "id",
              model.id(),
              "context_tokens",
              (long) model.contextTokens(),
              "kernel_form",
              model.kernelForm(),
              "device",
              model.device()));
    } catch (RuntimeException failure) {
      return answer(Status.DOWN, Map.of("reason", Reason.of(failure)));
    }
  }

  private static HealthCheckResponse answer(Status status, Map<String, Object> data) {
    return new HealthCheckResponse("model", status, Optional.of(data));
  }
}
