package dev.kvasir.engine.weights.tensor;

import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.WeightNames;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The tensors that a LLaMA model is made of, by Hugging Face name. */
public final class LlamaTensors {
  private LlamaTensors() {}

  /**
   * Picks what the config calls for.
   *
   * @param source names the model in errors
   * @param stored everything that the files hold
   * @throws ModelLoadException if a tensor is missing or has another shape, or if there are biases,
   *     which the graph does not add
   */
  public static Map<String, StoredTensor> select(
      String source, LlamaConfig config, Map<String, StoredTensor> stored) {
    checkNoBias(source, stored.keySet());
    Map<String, StoredTensor> selected = new LinkedHashMap<>();
    // tensor by tensor: a config may claim any number of layers
    forEachShape(
        config, (name, shape) -> selected.put(name, take(source, stored.get(name), name, shape)));
    return selected;
  }

  /** Shape of each tensor that the config calls for, outermost first. */
  public static Map<String, long[]> shapes(LlamaConfig config) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    forEachShape(config, shapes::put);
    return shapes;
  }

  private static void forEachShape(LlamaConfig config, BiConsumer<String, long[]> shapes) {
    long hidden = config.hiddenSize();
    shapes.accept(WeightNames.EMBEDDING, new long[] {config.vocabularySize(), hidden});
    for (int layer = 0; layer < config.layers(); layer++) {
      addLayer(shapes, layer, config);
    }
    shapes.accept(WeightNames.FINAL_NORM, new long[] {hidden});
    if (!config.tiedEmbeddings()) {
      shapes.accept(WeightNames.HEAD, new long[] {config.vocabularySize(), hidden});
    }
  }

  private static void checkNoBias(String source, Set<String> names) {
    for (String name : names) {
      if (name.endsWith(".bias")) {
        throw new ModelLoadException(
            "%s: tensor %s is a bias, but only models without are supported"
                .formatted(source, name));
      }
    }
  }

  private static void addLayer(BiConsumer<String, long[]> shapes, int layer, LlamaConfig config) {
    long hidden = config.hiddenSize();
    long query = (long) config.heads() * config.headSize();
    long keyValue = (long) config.kvHeads() * config.headSize();
    long intermediate = config.intermediateSize();
    shapes.accept(WeightNames.attentionNorm(layer), new long[] {hidden});
    shapes.accept(WeightNames.attention(layer, "q"), new long[] {query, hidden});
    shapes.accept(WeightNames.attention(layer, "k"), new long[] {keyValue, hidden});
    shapes.accept(WeightNames.attention(layer, "v"), new long[] {keyValue, hidden});
    shapes.accept(WeightNames.attention(layer, "o"), new long[] {hidden, query});
    shapes.accept(WeightNames.mlpNorm(layer), new long[] {hidden});
    shapes.accept(WeightNames.mlp(layer, "gate"), new long[] {intermediate, hidden});
    shapes.accept(WeightNames.mlp(layer, "up"), new long[] {intermediate, hidden});
    shapes.accept(WeightNames.mlp(layer, "down"), new long[] {hidden, intermediate});
  }

  private static StoredTensor take(
      String source, @Nullable StoredTensor tensor, String name, long[] shape) {
    if (tensor == null) {
      throw new ModelLoadException(
          "%s: tensor %s is missing; needed with shape %s"
              .formatted(source, name, Arrays.toString(shape)));
    }
    if (!Arrays.equals(shape, tensor.shape())) {
      throw new ModelLoadException(
          "%s: tensor %s has shape %s, but the model's numbers need %s"
              .formatted(source, name, Arrays.toString(tensor.shape()), Arrays.toString(shape)));
    }
    return tensor;
  }
}
