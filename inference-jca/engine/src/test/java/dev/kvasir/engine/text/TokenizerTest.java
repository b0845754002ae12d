package dev.kvasir.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.engine.TestingModels;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokenizerTest {
  private static Tokenizer tiny;

  @BeforeAll
  static void open() throws IOException {
    tiny = Tokenizer.of(tinyJson());
  }

  @AfterAll
  static void close() {
    tiny.close();
  }

  @Test
  void encode_longText_isNeitherCutNorPadded() throws IOException {
    String batchMinded =
        tinyJson()
            .replaceFirst(
                "\"truncation\": null",
                "\"truncation\": {\"direction\": \"Right\", \"max_length\": 8, \"strategy\":"
                    + " \"LongestFirst\", \"stride\": 0}")
            .replaceFirst(
                "\"padding\": null",
                "\"padding\": {\"strategy\": {\"Fixed\": 64}, \"direction\": \"Right\","
                    + " \"pad_to_multiple_of\": null, \"pad_id\": 0, \"pad_type_id\": 0,"
                    + " \"pad_token\": \"x\"}");
    String text = "one two three ".repeat(3_000);
    TokenIds expected = tiny.encode(text, false);
    try (Tokenizer tokenizer = Tokenizer.of(batchMinded)) {
      assertEquals(expected, tokenizer.encode(text, false));
      assertEquals(1, tokenizer.encode("!", false).size());
    }
    assertEquals(text, tiny.decode(expected));
  }

  @Test
  void close_othersEncode_theyAreTold() throws Exception {
    Tokenizer tokenizer = Tokenizer.of(tinyJson());
    int count = 4;
    CountDownLatch begun = new CountDownLatch(count);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<String>> ends = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ends.add(threads.submit(() -> encodeToTheEnd(tokenizer, begun)));
      }
      begun.await();
      tokenizer.close();
      tokenizer.close();
      for (Future<String> end : ends) {
        assertEquals("the engine was stopped", end.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static String encodeToTheEnd(Tokenizer tokenizer, CountDownLatch begun) {
    String text = "one two three ".repeat(100);
    try {
      while (true) {
        tokenizer.decode(tokenizer.encode(text, false));
        begun.countDown();
      }
    } catch (InferenceException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void encode_emptyText_isEmpty() {
    assertEquals(TokenIds.of(), tiny.encode("", true));
    assertEquals("", tiny.decode(TokenIds.of()));
  }

  @Test
  void encode_specialTokensInText_areRecognizedAndLeftOutOfTheText() {
    TokenIds ids = tiny.encode("<|im_start|>hi<|im_end|>", false);
    assertEquals(1, ids.get(0));
    assertEquals(2, ids.get(ids.size() - 1));
    assertEquals("hi", tiny.decode(ids));
  }

  @Test
  void encode_halfSurrogatePairs_areReplaced() {
    assertEquals(tiny.encode("a\uFFFDb\uFFFD", false), tiny.encode("a\uD83Db\uDE00", false));
    assertEquals("\uD83D\uDE00", tiny.decode(tiny.encode("\uD83D\uDE00", false)));
  }

  @Test
  void encode_nulCharacter_survives() {
    assertEquals("a\0b", tiny.decode(tiny.encode("a\0b", false)));
  }

  @Test
  void encode_fromManyThreads_givesTheSame() throws Exception {
    TokenIds expected = tiny.encode("Notes about Paul: 4821.", false);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<TokenIds> job = () -> tiny.encode("Notes about Paul: 4821.", false);
      List<Future<TokenIds>> results = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        results.add(threads.submit(job));
      }
      for (Future<TokenIds> result : results) {
        assertEquals(expected, result.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void of_noTokenizerJson_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Tokenizer.of("{}"));
    assertThrows(IllegalArgumentException.class, () -> Tokenizer.of("not json"));
  }

  private static String tinyJson() throws IOException {
    return Files.readString(TestingModels.tiny().resolve("tokenizer.json"));
  }
}
