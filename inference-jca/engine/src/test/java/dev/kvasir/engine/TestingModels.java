package dev.kvasir.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where tests find the models: ours in the repository, others where they happen to be. */
public final class TestingModels {
  private static final Logger LOGGER = System.getLogger(TestingModels.class.getName());
  private static final String SMOLLM2_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf";

  private TestingModels() {}

  /** The repository's top. */
  public static Path repositoryRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("models/tiny/config.json"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException(
          "no models/tiny above " + Path.of("").toAbsolutePath() + ": run within the repository");
    }
    return folder;
  }

  /** Our own small model, always there. */
  public static Path tiny() {
    return repositoryRoot().resolve("models/tiny");
  }

  /** SmolLM2's GGUF file, if it was fetched into models/ or lies in the shared folder. */
  public static Optional<Path> smolLm2() {
    return firstExisting(
        repositoryRoot().resolve("models").resolve(SMOLLM2_FILE),
        sharedFolder().resolve("models/smollm2-135m-instruct").resolve(SMOLLM2_FILE));
  }

  /**
   * The folder with SmolLM2's Hugging Face text side (no weights), if it lies in the shared one.
   */
  public static Optional<Path> smolLm2HuggingFace() {
    return firstExisting(
            sharedFolder().resolve("models/smollm2-135m-instruct").resolve("tokenizer.json"))
        .map(Path::getParent);
  }

  /** A file of the shared folder's golden/, if it is there. */
  public static Optional<Path> golden(String name) {
    return firstExisting(sharedFolder().resolve("golden").resolve(name));
  }

  /** The path; where it is missing the test is aborted, and the test output says so. */
  public static Path orNotRun(String what, Optional<Path> path) {
    String found = path.map(Path::toString).orElse("not here, so its tests do not run");
    LOGGER.log(Level.INFO, "{0}: {1}", what, found);
    assumeTrue(path.isPresent(), () -> what + " is " + found);
    return path.orElseThrow();
  }

  private static Path sharedFolder() {
    return repositoryRoot().resolveSibling("shared");
  }

  private static Optional<Path> firstExisting(Path... paths) {
    return Stream.of(paths).filter(Files::exists).findFirst();
  }
}
