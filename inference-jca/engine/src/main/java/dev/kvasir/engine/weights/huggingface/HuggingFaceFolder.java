package dev.kvasir.engine.weights.huggingface;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.TextAssets;
import dev.kvasir.engine.weights.tensor.LlamaTensors;
import dev.kvasir.engine.weights.tensor.MappedCheckpoint;
import dev.kvasir.engine.weights.tensor.MappedFile;
import dev.kvasir.engine.weights.tensor.StoredTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A model as Hugging Face lays it out: safetensors, config.json, tokenizer.json and more. */
public final class HuggingFaceFolder {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  private HuggingFaceFolder() {}

  /** Opens it, or leaves nothing mapped. */
  public static Checkpoint open(Path folder) {
    LlamaConfig config = HuggingFaceConfig.read(folder);
    TextAssets text = HuggingFaceText.read(folder);
    List<MappedFile> files = new ArrayList<>();
    try {
      Map<String, StoredTensor> stored = stored(folder, files);
      Map<String, StoredTensor> tensors = LlamaTensors.select(folder.toString(), config, stored);
      return new MappedCheckpoint(config, text, tensors, files);
    } catch (RuntimeException e) {
      files.forEach(MappedFile::close);
      throw e;
    }
  }

  private static Map<String, StoredTensor> stored(Path folder, List<MappedFile> files) {
    if (Files.exists(folder.resolve(SINGLE))) {
      return map(folder.resolve(SINGLE), files);
    }
    if (Files.exists(folder.resolve(INDEX))) {
      return sharded(folder, files);
    }
    throw new ModelLoadException("%s has neither %s nor %s".formatted(folder, SINGLE, INDEX));
  }

  private static Map<String, StoredTensor> sharded(Path folder, List<MappedFile> files) {
    Map<String, String> shardOf = shardByTensor(folder.resolve(INDEX));
    Map<String, Map<String, StoredTensor>> shards = new HashMap<>();
    for (String shard : new TreeSet<>(shardOf.values())) {
      shards.put(shard, map(folder.resolve(shard), files));
    }
    Map<String, StoredTensor> stored = new HashMap<>();
    shardOf.forEach(
        (name, shard) -> {
          StoredTensor tensor = shards.getOrDefault(shard, Map.of()).get(name);
          if (tensor == null) {
            throw new ModelLoadException(
                "%s: tensor %s is missing, though %s says it is there"
                    .formatted(folder.resolve(shard), name, INDEX));
          }
          stored.put(name, tensor);
        });
    return stored;
  }

  private static Map<String, String> shardByTensor(Path indexFile) {
    JsonFields index = JsonFields.read(indexFile);
    JsonFields weightMap =
        index
            .fields("weight_map")
            .orElseThrow(() -> new ModelLoadException(indexFile + ": weight_map is missing"));
    Map<String, String> shardOf = new TreeMap<>();
    weightMap
        .object()
        .asMap()
        .forEach((name, shard) -> shardOf.put(name, shardName(weightMap, name, shard)));
    return shardOf;
  }

  /** Only names within the folder: an index must not lead elsewhere. */
  private static String shardName(JsonFields weightMap, String name, JsonElement shard) {
    if (shard instanceof JsonPrimitive primitive
        && primitive.isString()
        && primitive.getAsString().matches("[\\w-][\\w.-]*")) {
      return primitive.getAsString();
    }
    throw weightMap.wrong(name, shard, "the name of a file in the folder");
  }

  private static Map<String, StoredTensor> map(Path path, List<MappedFile> files) {
    MappedFile file = MappedFile.open(path);
    files.add(file);
    return SafetensorsFile.tensors(file);
  }
}
