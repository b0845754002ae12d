package dev.kvasir.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TokenLogprobTest {
  private static final ByteBuffer OE = StandardCharsets.UTF_8.encode("\u00f6").asReadOnlyBuffer();

  @Test
  void text_partOfACharacter_isReplaced() {
    assertEquals("\u00f6", new TokenLogprob(1, -1, OE).text());
    assertEquals("\uFFFD", new TokenLogprob(1, -1, OE.slice(0, 1)).text());
  }

  @Test
  void bytes_readAndRead_staysEqual() {
    TokenLogprob token = new TokenLogprob(1, -1, OE);
    token.bytes().get();

    assertEquals(OE, token.bytes());
    assertEquals(new TokenLogprob(1, -1, OE), token);
    assertThrows(ReadOnlyBufferException.class, () -> token.bytes().put((byte) 0));
  }
}
