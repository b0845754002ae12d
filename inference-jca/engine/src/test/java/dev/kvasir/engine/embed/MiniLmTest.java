package dev.kvasir.engine.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.Embeddings;
import dev.kvasir.inference.InferenceException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class MiniLmTest {
  /** Of weights in 8 bits, against the model's own in 32. */
  private static final double QUANTIZED = 0.03;

  private final MiniLm miniLm = new MiniLm();

  /** The three sentences and cosines of Sentence Transformers' own documentation. */
  @Test
  void embed_knownSentences_cosinesAsPublished() {
    List<float[]> vectors =
        miniLm
            .embed(
                List.of(
                    "The weather is lovely today.",
                    "It's so sunny outside!",
                    "He drove to the stadium."))
            .vectors();

    assertEquals(0.6660, cosine(vectors.get(0), vectors.get(1)), QUANTIZED);
    assertEquals(0.1046, cosine(vectors.get(0), vectors.get(2)), QUANTIZED);
    assertEquals(0.1411, cosine(vectors.get(1), vectors.get(2)), QUANTIZED);
  }

  @Test
  void embed_each_lengthOneAndCounted() {
    Embeddings embeddings = miniLm.embed(List.of("hello", "hello world"));

    assertEquals(3, embeddings.tokens());
    for (float[] vector : embeddings.vectors()) {
      assertEquals(miniLm.dimensions(), vector.length);
      assertEquals(1, cosine(vector, vector), 1e-5);
    }
  }

  @Test
  void embed_aloneOrAmongOthers_sameBits() {
    float[] alone = miniLm.embed(List.of("the sea")).vectors().get(0);
    float[] among =
        miniLm.embed(List.of("a hill", "the sea", "a much longer text")).vectors().get(1);

    assertArrayEquals(alone, among);
  }

  @Test
  void countTokens_any_allOfThem() {
    assertEquals(2, miniLm.countTokens("hello world"));
    assertEquals(2_000, miniLm.countTokens("hello world ".repeat(1_000)));
  }

  /** The tokenizer that comes with the model would not read further than 128 tokens. */
  @Test
  void embed_longest_readToItsEnd() {
    String most = "hello ".repeat(miniLm.maxTokens() - 2);

    Embeddings embeddings = miniLm.embed(List.of(most + "dark night", most + "hello hello"));

    assertEquals(2 * miniLm.maxTokens(), embeddings.tokens());
    assertFalse(Arrays.equals(embeddings.vectors().get(0), embeddings.vectors().get(1)));
  }

  @Test
  void close_used_refusesFromThenOn() {
    MiniLm closing = new MiniLm();
    assertEquals(1, closing.countTokens("hello"));
    closing.close();
    closing.close();
    assertEquals(
        "the embedding model is closed, as its adapter was stopped",
        assertThrows(InferenceException.class, () -> closing.embed(List.of("hello"))).getMessage());
    assertThrows(InferenceException.class, () -> closing.countTokens("hello"));
  }

  @Test
  void close_whileOthersUseIt_afterThem() throws Exception {
    MiniLm closing = new MiniLm();
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Integer> using =
        CompletableFuture.supplyAsync(
            () -> {
              int done = 0;
              try {
                while (true) {
                  done += closing.embed(List.of("the sea")).vectors().size();
                  begun.countDown();
                }
              } catch (InferenceException e) {
                return done;
              }
            });
    assertTrue(begun.await(30, TimeUnit.SECONDS));
    closing.close();
    assertTrue(using.get(30, TimeUnit.SECONDS) > 0);
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
      lengthA += a[i] * a[i];
      lengthB += b[i] * b[i];
    }
    return product / Math.sqrt(lengthA * lengthB);
  }
}
