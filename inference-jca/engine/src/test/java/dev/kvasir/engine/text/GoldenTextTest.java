package dev.kvasir.engine.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.TestingModels;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.TextAssets;
import dev.kvasir.engine.weights.load.Checkpoints;
import dev.kvasir.inference.Conversation;
import dev.kvasir.inference.TokenIds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Tokenizer, template and streaming against what transformers gave, entry by entry. */
class GoldenTextTest {
  @Test
  void tiny_everyGolden_isExact() throws IOException {
    try (Checkpoint tiny = Checkpoints.open(TestingModels.tiny());
        InputStream goldens = GoldenTextTest.class.getResourceAsStream("/golden/tiny.json")) {
      assertTrue(goldens != null, "golden/tiny.json is not among the test resources");
      String json = new String(goldens.readAllBytes(), StandardCharsets.UTF_8);
      check(tiny.text(), TestingGoldens.parse(json));
    }
  }

  @Test
  void smolLm2HuggingFace_everyGolden_isExact() throws IOException {
    Path folder =
        TestingModels.orNotRun("SmolLM2's tokenizer.json", TestingModels.smolLm2HuggingFace());
    TextAssets text =
        new TextAssets(
            Files.readString(folder.resolve("tokenizer.json")),
            Files.readString(folder.resolve("chat_template.jinja")),
            "<|im_start|>",
            "<|im_end|>");
    check(text, smolLm2Goldens());
  }

  @Test
  void smolLm2Gguf_everyGolden_isExact() throws IOException {
    Path file = TestingModels.orNotRun("SmolLM2's GGUF file", TestingModels.smolLm2());
    try (Checkpoint smolLm2 = Checkpoints.open(file)) {
      check(smolLm2.text(), smolLm2Goldens());
    }
  }

  private static TestingGoldens smolLm2Goldens() throws IOException {
    Path goldens =
        TestingModels.orNotRun(
            "SmolLM2's goldens", TestingModels.golden("smollm2-135m-instruct.json"));
    return TestingGoldens.parse(Files.readString(goldens));
  }

  private static void check(TextAssets text, TestingGoldens goldens) {
    try (Tokenizer tokenizer = Tokenizer.of(text.tokenizerJson())) {
      assertTrue(goldens.tokenized().size() >= 70);
      for (TestingGoldens.Tokenized golden : goldens.tokenized()) {
        assertIds(golden.ids(), tokenizer.encode(golden.text(), false));
        assertEquals(golden.decoded(), tokenizer.decode(golden.ids().toArray(), false));
        assertEquals(tokenizer.decode(golden.ids()), streamed(tokenizer, golden.ids()));
      }
      ChatTemplate template = ChatTemplate.of(text);
      assertTrue(goldens.chats().size() >= 6);
      for (TestingGoldens.Chat golden : goldens.chats()) {
        String prompt = template.render(new Conversation(golden.messages()));
        assertEquals(golden.prompt(), prompt);
        assertIds(golden.ids(), tokenizer.encode(prompt, false));
      }
    }
  }

  private static String streamed(Tokenizer tokenizer, TokenIds ids) {
    StreamingDecoder decoder = new StreamingDecoder(tokenizer);
    StringBuilder text = new StringBuilder();
    for (int id : ids.toArray()) {
      text.append(decoder.push(id));
    }
    return text.append(decoder.flush()).toString();
  }

  private static void assertIds(TokenIds expected, TokenIds actual) {
    assertArrayEquals(expected.toArray(), actual.toArray());
  }
}
