package dev.kvasir.engine.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.kvasir.inference.TokenIds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Hugging Face's tokenizer over a tokenizer.json: text to token ids and back. It neither cuts nor
 * pads. Safe for all threads, until it is closed.
 */
public final class Tokenizer implements AutoCloseable {
  /** A tokenizer.json may ask for both, for batches in training. */
  private static final Map<String, String> WHOLE_TEXT =
      Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");

  private final HuggingFaceTokenizer tokenizer;
  private final TokenBytes tokenBytes;

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
   */
  public TokenIds encode(String text, boolean addSpecialTokens) {
    Encoding encoding = tokenizer.encode(WellFormed.text(text), addSpecialTokens, false);
    return TokenIds.of(Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray());
  }

  /** Turns ids back into text, special tokens left out; broken UTF-8 gives U+FFFD. */
  public String decode(TokenIds tokens) {
    return decode(tokens.toArray(), true);
  }

  /** Likewise, special tokens included where wanted. */
  public String decode(int[] ids, boolean skipSpecialTokens) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), skipSpecialTokens);
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

  /** Frees the native memory; no other call may be running or come after. */
  @Override
  public void close() {
    tokenizer.close();
  }
}
