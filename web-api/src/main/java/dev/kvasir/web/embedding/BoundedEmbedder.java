package dev.kvasir.web.embedding;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.kvasir.completion.NoDecodeSlotException;
import dev.kvasir.inference.Embeddings;
import dev.kvasir.inference.TextEmbedder;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The embedder behind a bound: each request takes a processor and its thread, and those are wanted
 * for completions, too.
 */
@ApplicationScoped
public class BoundedEmbedder {
  private static final int RUNNING = 2;
  private static final int WAITING = 32;
  private static final int WAIT_SECONDS = 30;

  private final Semaphore turns = new Semaphore(RUNNING, true);

  @EJB TextEmbedder embedder;

  /**
   * Embeds texts in the caller's turn.
   *
   * @throws NoDecodeSlotException if too many wait, or it takes too long
   */
  public Embeddings embed(List<String> texts) {
    if (turns.getQueueLength() >= WAITING || !isTurnInTime()) {
      throw new NoDecodeSlotException(
          "all %d places for running and waiting embeddings are taken"
              .formatted(RUNNING + WAITING));
    }
    try {
      return embedder.embed(texts);
    } finally {
      turns.release();
    }
  }

  private boolean isTurnInTime() {
    try {
      return turns.tryAcquire(WAIT_SECONDS, SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Name and length of the vectors. */
  public TextEmbedder embedder() {
    return embedder;
  }
}
