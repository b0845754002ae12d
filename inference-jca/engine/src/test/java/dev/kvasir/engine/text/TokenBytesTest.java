package dev.kvasir.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.engine.TestingModels;
import dev.kvasir.inference.TokenIds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBytesTest {
  /** SentencePiece's spelling, as GGUF files and Llama 2 have it. */
  private static final String SENTENCE_PIECE =
      """
      {"decoder": {"type": "Sequence", "decoders": [{"type": "ByteFallback"}]},
       "added_tokens": [{"id": 4, "content": "</s>\u2581"}],
       "model": {"type": "BPE", "vocab": {"\u2581the": 0, "<0xC3>": 1, "<0xzz>": 2, "\u00e9": 3}}}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Paul's code is 4821.\n\n\tif (x) {",
        "na\u00efve \ud83d\ude00\u200d\u2603 \0\u007f"
      })
  void of_encodedText_bytesJoinToIt(String text) throws IOException {
    try (Tokenizer tiny = tiny()) {
      TokenIds ids = tiny.encode(text, false);
      ByteBuffer joined = ByteBuffer.allocate(100);
      for (int i = 0; i < ids.size(); i++) {
        joined.put(tiny.bytes(ids.get(i)));
      }
      assertEquals(text, text(joined.flip()));
    }
  }

  @Test
  void of_specialToken_itsName() throws IOException {
    try (Tokenizer tiny = tiny()) {
      assertEquals("<|im_end|>", text(tiny.bytes(2)));
      assertEquals(0, tiny.bytes(1_000_000).remaining());
    }
  }

  @Test
  void of_sentencePiece_spacesAndBytes() {
    TokenBytes tokens = TokenBytes.of(SENTENCE_PIECE);

    assertEquals(utf8(" the"), tokens.of(0));
    assertEquals(ByteBuffer.wrap(new byte[] {(byte) 0xC3}), tokens.of(1));
    assertEquals(utf8("<0xzz>"), tokens.of(2));
    assertEquals(utf8("\u00e9"), tokens.of(3));
    assertEquals(utf8("</s>\u2581"), tokens.of(4));
  }

  @Test
  void spelling_each_asInTheVocabulary() throws IOException {
    TokenBytes tokens = TokenBytes.of(SENTENCE_PIECE);

    assertEquals("\u2581the", tokens.spelling(0));
    assertEquals("<0xC3>", tokens.spelling(1));
    assertEquals("", tokens.spelling(1_000_000));
    try (Tokenizer tiny = tiny()) {
      assertEquals("<|im_end|>", tiny.spelling(2));
      int spaced = tiny.encode("a the", false).get(1);
      assertEquals('\u0120', tiny.spelling(spaced).charAt(0)); // ByteLevel's space
    }
  }

  private static ByteBuffer utf8(String text) {
    return StandardCharsets.UTF_8.encode(text);
  }

  private static String text(ByteBuffer utf8) {
    return StandardCharsets.UTF_8.decode(utf8).toString();
  }

  private static Tokenizer tiny() throws IOException {
    return Tokenizer.of(Files.readString(TestingModels.tiny().resolve("tokenizer.json")));
  }
}
