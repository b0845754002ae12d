package dev.kvasir.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kvasir.engine.TestingModels;
import dev.kvasir.inference.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StreamingDecoderTest {
  /** A SentencePiece-like tokenizer: word starts marked by U+2581, bytes for the rest. */
  private static final String SENTENCE_PIECES =
      """
      {"version": "1.0", "truncation": null, "padding": null,
       "added_tokens": [{"id": 0, "content": "<unk>", "single_word": false, "lstrip": false,
         "rstrip": false, "normalized": false, "special": true}],
       "normalizer": {"type": "Sequence", "normalizers": [
         {"type": "Prepend", "prepend": "\\u2581"},
         {"type": "Replace", "pattern": {"String": " "}, "content": "\\u2581"}]},
       "pre_tokenizer": null, "post_processor": null,
       "decoder": {"type": "Sequence", "decoders": [
         {"type": "Replace", "pattern": {"String": "\\u2581"}, "content": " "},
         {"type": "ByteFallback"}, {"type": "Fuse"},
         {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
       "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>",
         "continuing_subword_prefix": null, "end_of_word_suffix": null, "fuse_unk": true,
         "byte_fallback": true, "ignore_merges": false,
         "vocab": {"<unk>": 0, "<0xE2>": 1, "<0x82>": 2, "<0xAC>": 3, "\\u2581": 4, "a": 5,
           "b": 6, "\\u2581a": 7, "\\u2581b": 8},
         "merges": ["\\u2581 a", "\\u2581 b"]}}
      """;

  private static Tokenizer bytes;
  private static Tokenizer pieces;

  @BeforeAll
  static void open() throws IOException {
    bytes = Tokenizer.of(Files.readString(TestingModels.tiny().resolve("tokenizer.json")));
    pieces = Tokenizer.of(SENTENCE_PIECES);
  }

  @AfterAll
  static void close() {
    bytes.close();
    pieces.close();
  }

  @Test
  void push_emojiOverFourTokens_comesOutWholeWithTheLast() {
    TokenIds ids = bytes.encode("\uD83E\uDD86", false);
    assertEquals(4, ids.size());
    assertEquals(List.of("", "", "", "\uD83E\uDD86", ""), stream(bytes, ids));
  }

  @Test
  void push_charactersLeftHalf_flushGivesWhatThereIs() {
    TokenIds half = bytes.encode("hi\u20AC", false);
    List<String> given = stream(bytes, half.slice(0, half.size() - 1));
    assertEquals("hi\uFFFD", String.join("", given));
    assertEquals("\uFFFD", given.get(given.size() - 1));
  }

  @Test
  void push_brokenBytesForever_areNotHeldForever() {
    int lead = bytes.encode("\u20AC", false).get(0);
    StreamingDecoder decoder = new StreamingDecoder(bytes);
    StringBuilder given = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      given.append(decoder.push(lead));
    }
    assertEquals(192, given.length());
    assertEquals(200, given.append(decoder.flush()).length());
  }

  @Test
  void push_specialTokens_giveNothing() {
    StreamingDecoder decoder = new StreamingDecoder(bytes);
    StringBuilder given = new StringBuilder();
    TokenIds ids = bytes.encode("a<|im_end|><|im_end|> b", false);
    for (int id : ids.toArray()) {
      given.append(decoder.push(id));
    }
    assertEquals("a b", given.append(decoder.flush()).toString());
  }

  @Test
  void push_sentencePieces_keepTheSpacesBetweenWords() {
    TokenIds ids = pieces.encode("a b  ab", false);
    assertEquals("a b  ab", pieces.decode(ids));
    assertEquals("a b  ab", String.join("", stream(pieces, ids)));
  }

  @Test
  void push_sentencePieceBytes_joinToACharacter() {
    TokenIds ids = pieces.encode("a\u20ACb", false);
    assertEquals(TokenIds.of(7, 1, 2, 3, 6), ids);
    assertEquals(List.of("a", "", "", "\u20AC", "b", ""), stream(pieces, ids));
  }

  @Test
  void push_anyTokens_addUpToTheDecodedText() {
    long seed = 7;
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      int[] ids = random.ints(1 + random.nextInt(60), 0, 1536).toArray();
      List<String> given = stream(bytes, TokenIds.of(ids));
      String about = "seed " + seed + ", round " + round;
      assertEquals(bytes.decode(TokenIds.of(ids)), String.join("", given), about);
      for (String piece : given.subList(0, given.size() - 1)) {
        assertFalse(piece.endsWith("\uFFFD"), about);
      }
    }
  }

  /** What each push gives, and last what flush gives. */
  private static List<String> stream(Tokenizer tokenizer, TokenIds ids) {
    StreamingDecoder decoder = new StreamingDecoder(tokenizer);
    List<String> given = new ArrayList<>();
    for (int id : ids.toArray()) {
      given.add(decoder.push(id));
    }
    given.add(decoder.flush());
    return given;
  }
}
