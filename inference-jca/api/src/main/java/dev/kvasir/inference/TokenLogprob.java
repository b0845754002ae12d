package dev.kvasir.inference;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A token and how likely it was.
 *
 * @param tokenId of the vocabulary
 * @param logprob natural logarithm of its probability: 0 or less, and finite
 * @param bytes UTF-8 that it stands for, perhaps only a part of a character; an end token's are its
 *     name, and a token without text has none. Cannot be written to
 */
public record TokenLogprob(int tokenId, double logprob, ByteBuffer bytes) {
  public TokenLogprob {
    bytes = bytes.asReadOnlyBuffer();
  }

  /** The bytes, at a position of the caller's own. */
  @Override
  public ByteBuffer bytes() {
    return bytes.duplicate();
  }

  /** The bytes as text, U+FFFD in place of what is no character by itself. */
  public String text() {
    return StandardCharsets.UTF_8.decode(bytes()).toString();
  }
}
