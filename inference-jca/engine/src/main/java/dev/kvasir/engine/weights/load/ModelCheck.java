package dev.kvasir.engine.weights.load;

import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.ModelLoadException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The command that says whether a model can be loaded, and what it is: one line to standard output,
 * or one to standard error and exit status 1. Reads headers and text side only, so it is quick.
 */
public final class ModelCheck {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private ModelCheck() {}

  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("usage: ModelCheck FOLDER|FILE");
      System.exit(MISUSED);
    }
    try {
      System.out.println(describe(Path.of(arguments[0])));
    } catch (RuntimeException e) {
      System.err.println(String.valueOf(e.getMessage()).replaceAll("\\R+", " "));
      System.exit(FAILED);
    }
  }

  /**
   * Opens a model and closes it again.
   *
   * @throws ModelLoadException if it cannot be loaded; says why
   */
  static String describe(Path model) {
    try (Checkpoint checkpoint = Checkpoints.open(model)) {
      LlamaConfig config = checkpoint.config();
      return String.format(
          Locale.ROOT,
          "%s: %,d parameters, %,d tokens of context",
          config.id(),
          config.parameters(),
          config.contextTokens());
    }
  }
}
