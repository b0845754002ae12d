package dev.kvasir.engine.weights.gguf;

import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.tensor.LlamaTensors;
import dev.kvasir.engine.weights.tensor.MappedCheckpoint;
import dev.kvasir.engine.weights.tensor.MappedFile;
import dev.kvasir.engine.weights.tensor.StoredTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A model in one GGUF file. */
public final class GgufFile {
  private GgufFile() {}

  /** Opens it, or leaves nothing mapped. */
  public static Checkpoint open(Path path) {
    MappedFile file = MappedFile.open(path);
    try {
      GgufHeader header = GgufHeader.read(file);
      LlamaConfig config = GgufConfig.read(header);
      Map<String, StoredTensor> stored = GgufNames.toHuggingFace(header.tensors(), config);
      Map<String, StoredTensor> tensors = LlamaTensors.select(path.toString(), config, stored);
      return new MappedCheckpoint(config, GgufText.read(header.metadata()), tensors, List.of(file));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }
}
