package dev.kvasir.cache.ejb;

import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.inference.Embeddings;
import dev.kvasir.inference.InferenceConnectionFactory;
import dev.kvasir.inference.TextEmbedder;
import jakarta.annotation.Resource;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.resource.ResourceException;
import java.util.List;

/** The adapter's embedder for the modules of this application. */
@Stateless(name = "EmbedderBean")
@Local(TextEmbedder.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EmbedderBean implements TextEmbedder {
  @Resource(lookup = "jca/inference")
  private InferenceConnectionFactory inference;

  @Override
  public String id() {
    return embedder().id();
  }

  @Override
  public int dimensions() {
    return embedder().dimensions();
  }

  @Override
  public int maxTokens() {
    return embedder().maxTokens();
  }

  @Override
  public int countTokens(String text) {
    return embedder().countTokens(text);
  }

  @Override
  public Embeddings embed(List<String> texts) {
    return embedder().embed(texts);
  }

  private TextEmbedder embedder() {
    try {
      return inference.embedder();
    } catch (ResourceException e) {
      throw new CompletionFailedException("the inference adapter is not running", e);
    }
  }
}
