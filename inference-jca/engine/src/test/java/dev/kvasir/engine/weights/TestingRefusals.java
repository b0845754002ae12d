package dev.kvasir.engine.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.weights.load.Checkpoints;
import java.nio.file.Path;

/** What a bad model must get: one clear line. */
public final class TestingRefusals {
  private TestingRefusals() {}

  /** Opening fails, and its one line has all the parts. */
  public static void assertRefused(Path model, String... parts) {
    ModelLoadException refusal =
        assertThrows(ModelLoadException.class, () -> Checkpoints.open(model).close());
    String message = String.valueOf(refusal.getMessage());
    assertEquals(1, message.lines().count(), message);
    for (String part : parts) {
      assertTrue(message.contains(part), "expected '" + part + "' in: " + message);
    }
  }
}
