package dev.kvasir.web.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.web.TestingCompletionService;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

final class ModelHealthTest {
  @Test
  void call_modelServes_upWithItsFacts() {
    HealthCheckResponse answer = ModelHealth.of(() -> TestingCompletionService.MODEL);

    assertEquals(Status.UP, answer.getStatus());
    assertEquals("tiny", answer.getData().orElseThrow().get("id"));
  }

  @Test
  void call_engineBroke_downWithTheReason() {
    HealthCheckResponse answer =
        ModelHealth.of(() -> broken(new InferenceException("the engine broke: no memory")));

    assertEquals(Status.DOWN, answer.getStatus());
    assertEquals(Map.of("reason", "the engine broke: no memory"), answer.getData().orElseThrow());
  }

  private static ModelInfo broken(InferenceException cause) {
    throw new CompletionFailedException("the engine failed: " + cause.getMessage(), cause);
  }
}
