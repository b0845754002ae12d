package dev.kvasir.engine.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.TokenIds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Hugging Face's tokenizer over a tokenizer.json: text to token ids and back. It neither cuts nor
 * pads. Safe for all threads, also while it is closed.
 */
public final class Tokenizer implements AutoCloseable {
  /*
   * Its native memory must not be freed under a call: an engine is stopped while requests are on their way. So calls
   * that need it hold the read lock, and closing the write lock; calls that come later are told.
   */

  /** A tokenizer.json may ask for both, for batches in training. */
  private static final Map<String, String> WHOLE_TEXT =
      Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");

  private final HuggingFaceTokenizer tokenizer;
  private final TokenBytes tokenBytes;
  private final ReadWriteLock life = new ReentrantReadWriteLock();
  private boolean closed; // guarded by life

  private Tokenizer(HuggingFaceTokenizer tokenizer, TokenBytes tokenBytes) {
    this.tokenizer = tokenizer;
    this.tokenBytes = tokenBytes;
  }

  /**
   * Builds the tokenizer, offline.
   *
   * @param tokenizerJson the text of a tokenizer.json
   * @throws IllegalArgumentException if it is not one; says why
   */
  public static Tokenizer of(String tokenizerJson) {
    DjlSetup.ensure();
    try {
      byte[] utf8 = tokenizerJson.getBytes(StandardCharsets.UTF_8);
      return new Tokenizer(
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(utf8), WHOLE_TEXT),
          TokenBytes.of(tokenizerJson));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("tokenizer.json cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * Turns text into ids; special tokens that stand in the text are recognized.
   *
   * @param addSpecialTokens whether to add what the tokenizer puts around a plain text
   * @throws InferenceException if it was closed
   */
  public TokenIds encode(String text, boolean addSpecialTokens) {
    String wellFormed = WellFormed.text(text);
    Encoding encoding = whileOpen(() -> tokenizer.encode(wellFormed, addSpecialTokens, false));
    return TokenIds.of(Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray());
  }

  /** Turns ids back into text, special tokens left out; broken UTF-8 gives U+FFFD. */
  public String decode(TokenIds tokens) {
    return decode(tokens.toArray(), true);
  }

  /**
   * Likewise, special tokens included where wanted.
   *
   * @throws InferenceException if it was closed
   */
  public String decode(int[] ids, boolean skipSpecialTokens) {
    long[] longs = Arrays.stream(ids).asLongStream().toArray();
    return whileOpen(() -> tokenizer.decode(longs, skipSpecialTokens));
  }

  /** The UTF-8 that one token stands for by itself, special tokens included. Read only. */
  public ByteBuffer bytes(int id) {
    return tokenBytes.of(id);
  }

  /** Likewise, but nothing for special tokens: they are never part of a text. */
  public ByteBuffer textBytes(int id) {
    return tokenBytes.ofText(id);
  }

  /** The token as the vocabulary spells it; empty if it has none. */
  public String spelling(int id) {
    return tokenBytes.spelling(id);
  }

  private <T> T whileOpen(Supplier<T> call) {
    life.readLock().lock();
    try {
      if (closed) {
        throw new InferenceException("the engine was stopped");
      }
      return call.get();
    } finally {
      life.readLock().unlock();
    }
  }

  /**
   * Frees the native memory; calls that need it end with {@link InferenceException}. Idempotent.
   */
  @Override
  public void close() {
    life.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        tokenizer.close();
      }
    } finally {
      life.writeLock().unlock();
    }
  }
}
