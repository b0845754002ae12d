package dev.kvasir.console.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.console.TestingActs;
import dev.kvasir.console.Texts;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.Fingerprint;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.KvType;
import dev.kvasir.inference.ModelInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlaygroundTest {
  private static final ModelInfo TINY =
      new ModelInfo(
          "tiny",
          2048,
          4096,
          4_300_000,
          3_000,
          new KvLayout(
              List.of(0), 2, 32, 64, KvType.BF16, new Fingerprint(new BlockHash(1, 2, 3, 4))),
          "plain",
          "cpu",
          false);

  @Test
  void model_loaded_inOneLine() {
    Playground page = pageOf(TINY);
    assertTrue(page.isReady());
    assertEquals("tiny · context 2,048 tokens · cpu", page.getModel());
    assertEquals(2048, page.getContextTokens());
  }

  @Test
  void model_engineDown_saidWithoutError() {
    Playground page = pageOf(null);
    assertFalse(page.isReady());
    assertEquals(Texts.of("playground.noModel"), page.getModel());
  }

  @Test
  @SuppressWarnings("UnnecessaryAssignment") // no container injects here
  void prefer_knownWord_noted() {
    TestingActs acts = new TestingActs();
    Playground page = pageOf(TINY);
    page.acts = acts;
    page.prefer("with", true);
    page.prefer("without", false);
    page.prefer("<script>", true);
    assertEquals(
        List.of(
            "prefer answer with cache, answers equal DONE",
            "prefer answer without cache, answers different DONE"),
        acts.noted);
  }

  private static Playground pageOf(@Nullable ModelInfo model) {
    Playground page = new Playground();
    page.completions = new TestingCompletionService(model);
    page.load();
    return page;
  }
}
