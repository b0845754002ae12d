package dev.kvasir.engine.embed;

import dev.kvasir.inference.Embeddings;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.TextEmbedder;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sentence transformer all-MiniLM-L6-v2, its products in 8 bits, on the processor.
 *
 * @see <a href="https://arxiv.org/abs/2002.10957">Wang et al., MiniLM, 2020</a>
 * @see <a href="https://arxiv.org/abs/1908.10084">Reimers and Gurevych, Sentence-BERT, 2019</a>
 */
public final class MiniLm implements TextEmbedder, AutoCloseable {
  private static final int DIMENSIONS = 384;

  /** Read by those who use the model, as native memory must not go while they do. */
  private final ReadWriteLock life = new ReentrantReadWriteLock();

  private @Nullable OneThreadModel model; // guarded by this
  private boolean closed; // guarded by this

  @Override
  public String id() {
    return "all-minilm-l6-v2";
  }

  @Override
  public int dimensions() {
    return DIMENSIONS;
  }

  @Override
  public int maxTokens() {
    return OneThreadModel.MAX_TOKENS;
  }

  @Override
  public int countTokens(String text) {
    return use(loaded -> loaded.countTokens(text));
  }

  @Override
  public Embeddings embed(List<String> texts) {
    try {
      Response<List<Embedding>> answer =
          use(loaded -> loaded.embedAll(texts.stream().map(TextSegment::from).toList()));
      return new Embeddings(
          answer.content().stream().map(Embedding::vector).toList(),
          Objects.requireNonNull(answer.tokenUsage()).inputTokenCount());
    } catch (InferenceException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      throw new InferenceException("the embedding model failed: " + e.getMessage(), e);
    }
  }

  private <T> T use(Function<OneThreadModel, T> action) {
    life.readLock().lock();
    try {
      return action.apply(model());
    } finally {
      life.readLock().unlock();
    }
  }

  /** Loaded at the first use: who does not ask for vectors pays nothing. */
  private synchronized OneThreadModel model() {
    if (closed) {
      throw new InferenceException("the embedding model is closed, as its adapter was stopped");
    }
    if (model == null) {
      model = OneThreadModel.load();
    }
    return model;
  }

  /** Waits for those who use the model, and gives its memory back; it cannot be used again. */
  @Override
  public void close() {
    life.writeLock().lock();
    try {
      OneThreadModel loaded = taken();
      if (loaded != null) {
        loaded.close();
      }
    } finally {
      life.writeLock().unlock();
    }
  }

  private synchronized @Nullable OneThreadModel taken() {
    OneThreadModel loaded = model;
    model = null;
    closed = true;
    return loaded;
  }
}
