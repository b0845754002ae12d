package dev.kvasir.engine.weights.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.engine.text.Tokenizer;
import dev.kvasir.engine.weights.tensor.MappedFile;
import dev.kvasir.inference.TokenIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokenizers built from GGUF metadata, on vocabularies small enough to split texts by hand. */
class GgufTokenizerTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '`',
      value = {
        "gpt-2;ab1234 5;ab|1234| |5",
        "smollm;ab1234 5;ab|1|2|3|4| |5",
        "llama-bpe;ab1234 5;ab|123|4| |5",
        "default;ab1234 5;ab|123|4| |5",
        "gpt-2;A'S;A|'|S",
        "llama3;A'S;A|'S",
        "gpt-2;xyz;x|y|z",
        "llama-bpe;xyz;xyz",
        "default;ab$$ab;ab|$|$|ab",
        "gpt-2;<user>ab;<user>|ab",
      })
  void encode_bytePairs_cutsWordsAsNamed(String pre, String text, String tokens)
      throws IOException {
    assertEquals(
        List.of(tokens.split("\\|")), split(bytePairs().put("tokenizer.ggml.pre", pre), text));
  }

  @Test
  void encode_bytePairsAnyText_comesBack() throws IOException {
    String text = "\u20AC \uD83E\uDD86\n\t\u0000 x";
    try (Tokenizer tokenizer = tokenizer(bytePairs())) {
      assertEquals(text, tokenizer.decode(tokenizer.encode(text, false)));
    }
  }

  @Test
  void encode_bytePairs_addsBeginAndEndAsAsked() throws IOException {
    assertEquals(List.of(5), ids(bytePairs(), "\u0001"));
    assertEquals(List.of(1, 5), ids(bytePairs().put("tokenizer.ggml.pre", "llama3"), "\u0001"));
    assertEquals(
        List.of(1, 5, 2),
        ids(
            bytePairs()
                .put("tokenizer.ggml.add_bos_token", true)
                .put("tokenizer.ggml.add_eos_token", true),
            "\u0001"));
  }

  @Test
  void encode_sentencePieces_joinsByScore() throws IOException {
    assertEquals(List.of(1, 260, 261), ids(sentencePieces(-1, -2), "ab"));
    assertEquals(List.of(1, 259, 263), ids(sentencePieces(-2, -1), "ab"));
  }

  @Test
  void encode_sentencePieces_fallsBackToBytesAndComesBack() throws IOException {
    assertEquals(List.of(1, 259, 3 + 0xC3, 3 + 0xA9, 260), ids(sentencePieces(-1, -2), "\u00E9 a"));
    try (Tokenizer tokenizer = tokenizer(sentencePieces(-1, -2))) {
      assertEquals("\u00E9 a  b", tokenizer.decode(tokenizer.encode("\u00E9 a  b", true)));
    }
  }

  @Test
  void encode_sentencePiecesWithoutPrefixSpace_addsNone() throws IOException {
    TestingGguf gguf =
        sentencePieces(-1, -2)
            .put("tokenizer.ggml.add_space_prefix", false)
            .put("tokenizer.ggml.add_bos_token", false);
    assertEquals(List.of(263, 260), ids(gguf, "ab a"));
    try (Tokenizer tokenizer = tokenizer(gguf)) {
      assertEquals(" a", tokenizer.decode(tokenizer.encode(" a", false)));
    }
  }

  /** Ids: 0 to 2 special, 3 of the user, then bytes from 4 on, then longer tokens. */
  private static TestingGguf bytePairs() {
    List<String> tokens = new ArrayList<>(List.of("<pad>", "<s>", "</s>", "<user>"));
    int[] kinds = new int[4 + 256 + 6];
    Arrays.fill(kinds, 1);
    Arrays.fill(kinds, 0, 3, 3);
    kinds[3] = 4;
    for (int value = 0; value < 256; value++) {
      tokens.add(String.valueOf(byteCharacter(value)));
    }
    tokens.addAll(List.of("ab", "12", "123", "1234", "'S", "xyz"));
    return TestingGguf.llama()
        .put("tokenizer.ggml.tokens", tokens)
        .put("tokenizer.ggml.token_type", kinds)
        .put("tokenizer.ggml.merges", List.of("a b", "1 2", "12 3", "123 4", "' S"));
  }

  /** Ids: 0 to 2 special, bytes from 3 on, 259 the space, then pieces. */
  private static TestingGguf sentencePieces(float spaceAScore, float abScore) {
    List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    int[] kinds = new int[264];
    Arrays.fill(kinds, 1);
    kinds[0] = 2;
    kinds[1] = 3;
    kinds[2] = 3;
    for (int value = 0; value < 256; value++) {
      tokens.add("<0x%02X>".formatted(value));
      kinds[3 + value] = 6;
    }
    tokens.addAll(List.of("\u2581", "\u2581a", "b", "a", "ab"));
    float[] scores = new float[264];
    Arrays.fill(scores, 259, 264, -9);
    scores[260] = spaceAScore;
    scores[263] = abScore;
    return TestingGguf.llama()
        .put("tokenizer.ggml.model", "llama")
        .put("tokenizer.ggml.tokens", tokens)
        .put("tokenizer.ggml.token_type", kinds)
        .put("tokenizer.ggml.scores", scores)
        .put("tokenizer.ggml.unknown_token_id", 0);
  }

  /** GPT-2's printable character for a byte (openai/gpt-2, encoder.py, bytes_to_unicode). */
  private static char byteCharacter(int value) {
    String printable = new String(new byte[] {(byte) value}, StandardCharsets.ISO_8859_1);
    if (printable.matches("[!-~\u00A1-\u00AC\u00AE-\u00FF]")) {
      return printable.charAt(0);
    }
    int before = value <= 0x20 ? value : value < 0xA1 ? value - 0x7F + 0x21 : 67;
    return (char) (256 + before);
  }

  private List<String> split(TestingGguf gguf, String text) throws IOException {
    try (Tokenizer tokenizer = tokenizer(gguf)) {
      return Arrays.stream(tokenizer.encode(text, false).toArray())
          .mapToObj(id -> tokenizer.decode(TokenIds.of(id)))
          .toList();
    }
  }

  private List<Integer> ids(TestingGguf gguf, String text) throws IOException {
    try (Tokenizer tokenizer = tokenizer(gguf)) {
      return Arrays.stream(tokenizer.encode(text, true).toArray()).boxed().toList();
    }
  }

  /** The text side needs no weights: the vocabulary may be larger than the embedding. */
  private Tokenizer tokenizer(TestingGguf gguf) throws IOException {
    try (MappedFile file = MappedFile.open(gguf.write(temporary.resolve("small.gguf")))) {
      return Tokenizer.of(GgufText.read(GgufHeader.read(file).metadata()).tokenizerJson());
    }
  }
}
