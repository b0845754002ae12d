package dev.kvasir.web.ops;

import dev.kvasir.completion.CompletionService;
import dev.kvasir.inference.ModelInfo;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started and ready once the model is loaded. */
@Startup
@Readiness
@ApplicationScoped
public class ModelHealth implements HealthCheck {
  @EJB CompletionService completions;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("model");
    try {
      ModelInfo model = completions.model();
      return answer
          .up()
          .withData("id", model.id())
          .withData("context_tokens", model.contextTokens())
          .withData("kernel_form", model.kernelForm())
          .withData("device", model.device())
          .build();
    } catch (RuntimeException failure) {
      return answer.down().withData("reason", Reason.of(failure)).build();
    }
  }
}
