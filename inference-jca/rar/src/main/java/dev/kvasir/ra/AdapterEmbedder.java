package dev.kvasir.ra;

import dev.kvasir.inference.Embeddings;
import dev.kvasir.inference.TextEmbedder;
import java.util.List;

/** An embedder that runs under the adapter's class loader, whoever calls it. */
record AdapterEmbedder(TextEmbedder embedder, ContextLoader context) implements TextEmbedder {
  @Override
  public String id() {
    return embedder.id();
  }

  @Override
  public int dimensions() {
    return embedder.dimensions();
  }

  @Override
  public int maxTokens() {
    return embedder.maxTokens();
  }

  @Override
  public int countTokens(String text) {
    return context.call(() -> embedder.countTokens(text));
  }

  @Override
  public Embeddings embed(List<String> texts) {
    return context.call(() -> embedder.embed(texts));
  }
}
