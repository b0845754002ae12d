package dev.kvasir.cache.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.completion.Approximation;
import dev.kvasir.completion.Approximation.Donor;
import dev.kvasir.completion.Blend;
import dev.kvasir.completion.BlendKind;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.MarkedPassage;
import dev.kvasir.completion.PassageRefusedException;
import dev.kvasir.completion.Passages;
import dev.kvasir.completion.Priority;
import dev.kvasir.completion.Prompt;
import dev.kvasir.completion.Sharing;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.SamplingParams;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Passages that stood elsewhere serve those who ask for it, and touch nobody else. */
class PassageReuseTest {
  private static final MarkedPassage ELM =
      new MarkedPassage("elm", "elms are tall trees with toothed leaves. ");
  private static final MarkedPassage ASH =
      new MarkedPassage("ash", "an ash has many leaflets on every stalk. ");
  private static final MarkedPassage OAK =
      new MarkedPassage("oak", "oaks bear acorns, and grow very, very old.");
  private static final List<BlendKind> KINDS =
      List.of(BlendKind.NONE, BlendKind.CACHEBLEND, BlendKind.FULL);
  private static final String FORWARD = "Trees: " + ELM.text() + ASH.text() + "Which is tall?";
  private static final String BACKWARD = "Read on. " + ASH.text() + ELM.text() + "Which is old?";

  private final TestingBlockStore store = new TestingBlockStore();
  private final TestingNode node = new TestingNode("a", store);

  private Completion complete(
      String tenant, String text, List<MarkedPassage> marked, @Nullable BlendKind blend) {
    return complete(
        node,
        "r-" + text.length(),
        tenant,
        text,
        new Passages(marked, blend == null ? null : Blend.of(blend)));
  }

  private static Completion complete(
      TestingNode node, String id, String tenant, String text, Passages passages) {
    return node.completions.complete(
        new CompletionRequest(
            tenant,
            new Prompt.Text(text),
            SamplingParams.GREEDY,
            5,
            1,
            CachePolicy.USE,
            Sharing.WIDEST,
            Priority.NORMAL,
            System.nanoTime(),
            id,
            passages),
        token -> true);
  }

  private static Approximation approximation(Completion completion) {
    return Objects.requireNonNull(completion.cache().approximation(), "the answer is exact");
  }

  @Test
  void complete_passagesInAnotherOrder_reusedAndSaid() {
    complete("t", FORWARD, List.of(ELM, ASH), null);
    Completion moved = complete("t", BACKWARD, List.of(ELM, ASH), BlendKind.EPIC);

    Approximation approximation = approximation(moved);
    assertEquals(BlendKind.EPIC, approximation.policy());
    assertEquals(
        List.of(
            new Donor("ash", "r-" + FORWARD.length(), ASH.text().length()),
            new Donor("elm", "r-" + FORWARD.length(), ELM.text().length())),
        approximation.donors());
    assertEquals(2 * 16, approximation.recomputedTokens());
    assertEquals(ASH.text().length() + ELM.text().length() - 2 * 16, approximation.reusedTokens());
    assertEquals(
        moved.promptTokens(),
        moved.cache().cachedTokens()
            + approximation.reusedTokens()
            + moved.cache().computedTokens());
    assertEquals(
        moved.cache().computedTokens(),
        moved.cache().gaps().stream().mapToInt(gap -> gap.tokens()).sum());
  }

  @Test
  void complete_fullBlend_exactAnswer() {
    complete("t", FORWARD, List.of(ELM, ASH), null);
    Completion full = complete("t", BACKWARD, List.of(ELM, ASH), BlendKind.FULL);
    assertEquals(0, approximation(full).reusedTokens());
    assertEquals(TestingNode.truth(BACKWARD), full.text());
    Completion none = complete("t", BACKWARD, List.of(ELM, ASH), BlendKind.NONE);
    assertEquals(0, approximation(none).recomputedTokens());
    assertFalse(full.text().equals(none.text()), "K/V depends on what stood before");
  }

  @Test
  void complete_cacheBlend_shareOfThePassagesComputed() {
    complete("t", FORWARD, List.of(ELM, ASH), null);
    int tokens = ELM.text().length() + ASH.text().length();
    for (double ratio : new double[] {0, 0.15, 1}) {
      Blend blend = new Blend(BlendKind.CACHEBLEND, ratio);
      Passages passages = new Passages(List.of(ELM, ASH), blend);
      Approximation approximation =
          approximation(complete(node, "r-" + ratio, "t", BACKWARD, passages));
      assertEquals(BlendKind.CACHEBLEND, approximation.policy());
      assertEquals(Math.round(ratio * tokens), approximation.recomputedTokens());
      assertEquals(tokens - Math.round(ratio * tokens), approximation.reusedTokens());
    }
  }

  @Test
  void complete_editedPassage_keptByKvShareAlone() {
    complete("t", FORWARD, List.of(ELM, ASH), null);
    MarkedPassage edited = new MarkedPassage("elm", ELM.text().replace("toothed", "serrated"));
    String text = "Read on. " + edited.text() + "Which is tall?";
    List<MarkedPassage> marked = List.of(edited);
    assertNull(complete("u", text, marked, BlendKind.KVSHARE).cache().approximation());
    Approximation approximation = approximation(complete("t", text, marked, BlendKind.KVSHARE));
    assertEquals(BlendKind.KVSHARE, approximation.policy());
    int before = ELM.text().indexOf("toothed");
    assertEquals(
        List.of(new Donor("elm", "r-" + FORWARD.length(), before)), approximation.donors());
    assertEquals(before, approximation.reusedTokens() + approximation.recomputedTokens());

    node.model.haveTime(); // its new text is computed then

    assertEquals(
        edited.text().length(),
        approximation(complete("t", "So: " + edited.text() + "Tall?", marked, BlendKind.NONE))
            .reusedTokens());
  }

  @Test
  void complete_editedPassage_exactForOtherPolicies() {
    complete("t", FORWARD, List.of(ELM, ASH), null);
    MarkedPassage edited = new MarkedPassage("elm", ELM.text().replace("toothed", "serrated"));
    String text = "Read on. " + edited.text() + "Which is tall?";
    Completion other = complete("t", text, List.of(edited), BlendKind.CACHEBLEND);
    assertNull(other.cache().approximation());
    assertEquals(TestingNode.truth(text), other.text());
  }

  @Test
  void complete_approximate_leavesNoNameAndNoCount() {
    complete("t", FORWARD, List.of(ELM, ASH), null);
    List<BlockHash> names = node.prefix("t", BACKWARD).hashes();
    var before = node.cache.stats();
    int stored = store.placements().size();
    int idle = node.model.idle().size();

    approximation(complete("t", BACKWARD, List.of(ELM, ASH), BlendKind.NONE));

    assertEquals(before.requests(), node.cache.stats().requests());
    assertEquals(before.tokens(), node.cache.stats().tokens());
    assertEquals(before.publishing(), node.cache.stats().publishing());
    assertEquals(stored, store.placements().size());
    assertEquals(0, node.model.countLeadingBlocks(names));
    assertEquals(idle, node.model.idle().size());
    Completion exact = complete("t", BACKWARD, List.of(ELM, ASH), null);
    assertNull(exact.cache().approximation());
    assertEquals(TestingNode.truth(BACKWARD), exact.text());
  }

  @Test
  void complete_exactBesideApproximate_sameAnswersReportsAndCounts() {
    TestingNode alone = new TestingNode("a", new TestingBlockStore());
    for (TestingNode each : List.of(node, alone)) {
      complete(each, "r-0", "t", FORWARD, new Passages(List.of(ELM, ASH), null));
    }
    for (int i = 0; i < 6; i++) {
      String text = "%d trees. ".formatted(i % 3) + OAK.text() + ELM.text() + "And?";
      approximation(complete("t", BACKWARD + i, List.of(ELM, ASH), KINDS.get(i % 3)));
      String id = "r-" + i;
      Completion beside = complete(node, id, "t", text, Passages.NONE);
      Completion expected = complete(alone, id, "t", text, Passages.NONE);
      assertEquals(expected.choices(), beside.choices());
      assertEquals(expected.cache().poolTokens(), beside.cache().poolTokens());
      assertEquals(expected.cache().gaps(), beside.cache().gaps());
    }
    assertEquals(alone.cache.stats().requests(), node.cache.stats().requests());
    assertEquals(alone.cache.stats().tokens(), node.cache.stats().tokens());
    assertEquals(alone.cache.stats().publishing(), node.cache.stats().publishing());
    assertEquals(alone.cache.stats().pool(), node.cache.stats().pool());
  }

  @Test
  void complete_anotherTenant_sharesNothing() {
    complete("t", FORWARD, List.of(ELM, ASH), null);
    Completion other = complete("u", BACKWARD, List.of(ELM, ASH), BlendKind.NONE);
    assertNull(other.cache().approximation());
    assertEquals(TestingNode.truth(BACKWARD), other.text());
  }

  @Test
  void complete_nothingKnown_exactAndRemembered() {
    Completion first = complete("t", FORWARD, List.of(ELM, ASH), BlendKind.EPIC);
    assertNull(first.cache().approximation());
    assertEquals(TestingNode.truth(FORWARD), first.text());
    assertEquals(1, node.cache.stats().requests().total());
    assertNotNull(
        complete("t", BACKWARD, List.of(ELM, ASH), BlendKind.EPIC).cache().approximation());
  }

  @Test
  void complete_samePromptAgain_exactHit() {
    complete("t", FORWARD, List.of(ELM, ASH), null);
    Completion again = complete("t", FORWARD, List.of(ELM, ASH), BlendKind.EPIC);
    assertNull(again.cache().approximation());
    assertTrue(again.cache().cachedTokens() > 80);
    assertEquals(1, node.cache.stats().requests().hits());
  }

  @Test
  void complete_commonBeginning_exactBeforePassages() {
    complete("t", FORWARD, List.of(ELM, ASH), null);
    String text = "Trees: " + ELM.text() + OAK.text() + ASH.text() + "Which is tall?";
    Completion mixed = complete("t", text, List.of(ELM, OAK, ASH), BlendKind.NONE);
    int shared = ("Trees: " + ELM.text()).length() + 1; // with the begin token
    assertEquals(shared / 4 * 4, mixed.cache().poolTokens());
    assertEquals(
        List.of("ash"), approximation(mixed).donors().stream().map(Donor::passage).toList());
  }

  @Test
  void complete_oneIsNew_computedExactlyInIdleTime() {
    complete("t", FORWARD, List.of(ELM, ASH), null);
    String text = "Read on. " + OAK.text() + ELM.text() + "Which is old?";
    approximation(complete("t", text, List.of(OAK, ELM), BlendKind.NONE));

    node.model.haveTime();

    Completion later =
        complete("t", "So: " + OAK.text() + "How old?", List.of(OAK), BlendKind.NONE);
    assertEquals(
        List.of(new Donor("oak", "r-" + text.length(), OAK.text().length())),
        approximation(later).donors());
    assertEquals(TestingNode.truth(text), complete("t", text, List.of(), null).text());
  }

  @Test
  void complete_donorIsGone_exact() {
    complete("t", FORWARD, List.of(ELM, ASH), null);
    node.prefix("t", FORWARD).hashes().forEach(store::remove);
    node.model.clearPool();
    Completion moved = complete("t", BACKWARD, List.of(ELM, ASH), BlendKind.NONE);
    assertNull(moved.cache().approximation());
    assertEquals(TestingNode.truth(BACKWARD), moved.text());
  }

  @Test
  void forgetPrompts_passagesKnown_noneOfThemIsAnyMore() {
    complete("t", FORWARD, List.of(ELM, ASH), null);
    complete("u", FORWARD, List.of(ELM, ASH), null);
    assertTrue(node.node.forgetPrompts() > 0, "blocks of the pool");
    assertTrue(store.has(node.prefix("t", FORWARD).hashes().get(0)), "the rows could be read");
    for (String tenant : List.of("t", "u")) {
      for (BlendKind kind : List.of(BlendKind.NONE, BlendKind.KVSHARE)) {
        String text = kind + " of " + tenant + ". " + ASH.text() + ELM.text();
        Completion moved = complete(tenant, text, List.of(ELM, ASH), kind);
        assertNull(moved.cache().approximation(), text);
        assertTrue(node.node.forgetPrompts() > 0);
      }
    }
  }

  @Test
  void complete_textNotInPrompt_refusedByName() {
    PassageRefusedException refused =
        assertThrows(
            PassageRefusedException.class,
            () -> complete("t", FORWARD, List.of(ELM, OAK), BlendKind.NONE));
    assertEquals(
        "the text of passage \"oak\" does not stand in the prompt; it must be a part of it,"
            + " character for character",
        refused.getMessage());
  }

  @Test
  void passages_twiceTheSameId_refused() {
    assertThrows(IllegalArgumentException.class, () -> new Passages(List.of(ELM, ELM), null));
  }
}
