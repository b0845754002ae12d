package dev.kvasir.engine.weights.load;

import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.gguf.GgufFile;
import dev.kvasir.engine.weights.huggingface.HuggingFaceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens models on disk. */
public final class Checkpoints {
  private Checkpoints() {}

  /**
   * Maps a model's files and checks that all of it is there.
   *
   * @param model a Hugging Face folder or a GGUF file
   * @throws ModelLoadException if the model is missing, broken, or of a kind that is not known;
   *     names the file and, where one is at fault, the tensor
   */
  public static Checkpoint open(Path model) {
    if (!Files.exists(model)) {
      throw new ModelLoadException(
          model + " does not exist; needed is a model folder or a GGUF file");
    }
    Path real = realPath(model);
    return Files.isDirectory(real) ? HuggingFaceFolder.open(real) : GgufFile.open(real);
  }

  private static Path realPath(Path model) {
    try {
      return model.toRealPath();
    } catch (IOException e) {
      throw new ModelLoadException(model + " cannot be read: " + e, e);
    }
  }
}
