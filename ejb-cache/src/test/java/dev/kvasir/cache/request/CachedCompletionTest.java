package dev.kvasir.cache.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.QueueStats;
import dev.kvasir.cache.Refusal;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingBlockStore.Read;
import dev.kvasir.cache.testing.TestingModel;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionChoice;
import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.completion.CompletionRefusedException;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.ContextLengthExceededException;
import dev.kvasir.completion.FormatRefusedException;
import dev.kvasir.completion.MissReason;
import dev.kvasir.completion.NoDecodeSlotException;
import dev.kvasir.completion.Priority;
import dev.kvasir.completion.Prompt;
import dev.kvasir.completion.RequestId;
import dev.kvasir.completion.Sharing;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.EngineStoppedException;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.PoolBusyException;
import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.TokenLogprobs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachedCompletionTest {
  /** 18 characters and a begin token: 19 tokens, 4 shareable blocks of 4, 3 tokens behind them. */
  private static final String TEXT = "a shared beginning";

  private static final int PROMPT_TOKENS = 19;

  private final TestingBlockStore store = new TestingBlockStore();
  private final TestingNode a = new TestingNode("a", store);
  private final TestingNode b = new TestingNode("b", store);

  @AfterEach
  void nothingStaysOpen() {
    for (TestingNode node : List.of(a, b)) {
      assertEquals(0, node.slots.slotsTaken(), "slots taken");
      assertEquals(new QueueStats(0, 0, 0, 0, TestingNode.SLOTS), node.queue.stats());
      assertEquals(0, node.model.openSequences(), "open sequences");
    }
  }

  @Test
  void model_engineBroke_saysWhy() {
    assertEquals("testing", a.completions.model().id());
    a.model.breakBecause("the engine broke: out of memory");

    CompletionFailedException failure =
        assertThrows(CompletionFailedException.class, a.completions::model);

    assertEquals("the engine failed: the engine broke: out of memory", failure.getMessage());
  }

  @Test
  void complete_answerFillsABlock_nextTurnFindsItOnceThereWasTime() {
    Completion first = completeOn(a); // 5 tokens: 24 in all, 5 blocks that may be shared
    assertEquals(5, a.model.idle().get(0).blockHashes().size());
    assertEquals(4, a.model.idle().get(0).knownBlocks());
    String next = TEXT + first.text() + " goes on";

    a.model.haveTime();

    Completion onB = b.complete("t", next, CachePolicy.USE);
    Completion onA = a.complete("t", next, CachePolicy.USE);
    assertEquals(20, onA.cache().poolTokens());
    assertEquals(20, onB.cache().remoteTokens());
    assertEquals(TestingNode.truth(next), onA.text());
    assertEquals(TestingNode.truth(next), onB.text());
  }

  @Test
  void complete_cacheOffOrNoBlockFilled_nothingForIdleTime() {
    a.complete("t", TEXT, CachePolicy.OFF);
    a.complete("t", "short", CachePolicy.USE); // 6 + 5 tokens, 2 blocks; the prompt has 1
    assertEquals(1, a.model.idle().size());
    a.complete("t", "a", CachePolicy.USE); // 2 + 5 tokens, 1 block; the prompt has none
    assertEquals(2, a.model.idle().size());
    a.completions.complete(
        new CompletionRequest(
            "t", new Prompt.Text("abcdefg"), SamplingParams.GREEDY, 1, CachePolicy.USE),
        token -> true); // 8 + 1: now the last of 8 is behind a full block
    assertEquals(3, a.model.idle().size());
    a.completions.complete(
        new CompletionRequest(
            "t", new Prompt.Text("abcd"), SamplingParams.GREEDY, 1, CachePolicy.USE),
        token -> true); // 5 + 1: nothing more
    assertEquals(3, a.model.idle().size());
  }

  @Test
  void complete_urgentWithSeveralAnswers_allOffered() {
    a.completions.complete(
        new CompletionRequest(
            "t",
            new Prompt.Text(TEXT),
            SamplingParams.GREEDY,
            5,
            2,
            CachePolicy.USE,
            Sharing.WIDEST,
            Priority.HIGH,
            System.nanoTime(),
            RequestId.random()),
        token -> true);
    assertEquals(2, a.model.idle().size());
    assertTrue(a.model.idle().stream().allMatch(text -> text.urgency() == 1));
  }

  private static void assertReport(
      CacheReport report, int pool, int remote, MissReason expectedReason) {
    assertEquals(pool, report.poolTokens(), "pool tokens");
    assertEquals(remote, report.remoteTokens(), "remote tokens");
    assertEquals(PROMPT_TOKENS - pool - remote, report.computedTokens(), "computed tokens");
    assertEquals(expectedReason, report.missReason());
  }

  private Completion completeOn(TestingNode node) {
    Completion completion = node.complete("t", TEXT, CachePolicy.USE);
    assertEquals(TestingNode.truth(TEXT), completion.text(), "text with and without cache");
    assertEquals(node == a ? "a" : "b", completion.cache().node());
    assertEquals(
        PROMPT_TOKENS, completion.cache().cachedTokens() + completion.cache().computedTokens());
    return completion;
  }

  @Test
  void complete_nothingCached_computesAllAndPublishesParentsFirst() {
    Completion completion = completeOn(a);

    assertReport(completion.cache(), 0, 0, MissReason.FIRST_SEEN);
    assertEquals(PROMPT_TOKENS, completion.promptTokens());
    assertEquals(5, completion.newTokens());
    assertEquals(FinishReason.LENGTH, completion.finishReason());
    Prefix prefix = a.prefix("t", TEXT);
    assertEquals(
        prefix.hashes(), store.placements().stream().map(p -> p.hash()).toList(), "stored order");
  }

  @Test
  void complete_prefillTime_thatOfItsOwnSteps() {
    assertEquals(TestingModel.PREFILL_MILLIS, completeOn(a).cache().prefillMillis());
    assertEquals(
        TestingModel.PREFILL_MILLIS,
        a.complete("t", TEXT, CachePolicy.OFF).cache().prefillMillis());
  }

  @Test
  void complete_sameNode_takesAllButTheTailFromThePool() {
    completeOn(a);
    assertReport(completeOn(a).cache(), 16, 0, MissReason.NONE);
    assertEquals(2, a.cache.stats().requests().total());
    assertEquals(1, a.cache.stats().requests().hits());
    assertEquals(0.421, a.cache.stats().tokens().hitRate(), 0.001);
  }

  @Test
  void complete_otherNode_takesBlocksFromTheStoreBySource() {
    completeOn(a);
    List<Source> sources = List.of(Source.NEAR, Source.LOCAL, Source.LOCAL, Source.REMOTE);
    Prefix prefix = a.prefix("t", TEXT);
    for (int i = 0; i < 4; i++) {
      store.placed(prefix.hashes().get(i), sources.get(i));
    }

    CacheReport report = completeOn(b).cache();

    assertEquals(
        List.of(0, 4, 8, 4, 3),
        List.of(
            report.poolTokens(),
            report.nearTokens(),
            report.localTokens(),
            report.remoteTokens(),
            report.computedTokens()));
    assertEquals(MissReason.NONE, report.missReason());
    assertEquals(List.copyOf(store.touched()).size(), 4);
  }

  @Test
  void complete_otherTenant_seesNothing() {
    completeOn(a);
    Completion completion = b.complete("other", TEXT, CachePolicy.USE);
    assertReport(completion.cache(), 0, 0, MissReason.FIRST_SEEN);
  }

  @Test
  void complete_tenantsOfAGroup_takeEachOthersUntilOneLeaves() {
    for (TestingNode node : List.of(a, b)) {
      node.groups.putAll(Map.of("t", "g", "other", "g"));
    }
    completeOn(a);
    Completion shared = b.complete("other", TEXT, CachePolicy.USE);
    assertReport(shared.cache(), 0, 16, MissReason.NONE);
    assertEquals(TestingNode.truth(TEXT), shared.text());
    assertReport(a.complete("third", TEXT, CachePolicy.USE).cache(), 0, 0, MissReason.FIRST_SEEN);

    b.groups.clear();

    assertReport(b.complete("other", TEXT, CachePolicy.USE).cache(), 0, 0, MissReason.FIRST_SEEN);
  }

  @Test
  void complete_tenantLeavesItsGroupMeanwhile_answerIsNotShared() {
    a.groups.put("t", "g");
    a.completions.complete(
        new CompletionRequest(
            "t", new Prompt.Text(TEXT), SamplingParams.GREEDY, 5, CachePolicy.USE),
        token -> {
          a.groups.clear();
          return true;
        });
    assertEquals(List.of(), a.model.idle());
  }

  @Test
  void complete_cacheOff_leavesNoTrace() {
    Completion completion = a.complete("t", TEXT, CachePolicy.OFF);

    assertReport(completion.cache(), 0, 0, MissReason.CACHE_OFF);
    assertEquals(List.of(), store.placements());
    assertEquals(0, a.model.poolStats().cachedBlocks());
    assertEquals(0, a.cache.stats().requests().total());
  }

  @Test
  void complete_promptOfOneBlock_saysSo() {
    CacheReport report = a.complete("t", "abc", CachePolicy.USE).cache();
    assertEquals(MissReason.PROMPT_SHORTER_THAN_BLOCK, report.missReason());
    assertEquals(4, report.computedTokens());
  }

  @Test
  void complete_corruptBlock_isComputedAndReplaced() {
    completeOn(a);
    Prefix prefix = a.prefix("t", TEXT);
    store.corrupt(prefix.hashes().get(2));

    assertReport(completeOn(b).cache(), 0, 8, MissReason.CORRUPT);

    b.model.clearPool();
    assertReport(completeOn(b).cache(), 0, 16, MissReason.NONE);
  }

  @Test
  void complete_blockGoneBetweenIndexAndRead_saysEvicted() {
    completeOn(a);
    store.reading(a.prefix("t", TEXT).hashes().get(1), Read.GONE);
    assertReport(completeOn(b).cache(), 0, 4, MissReason.EVICTED);
  }

  @Test
  void complete_readPassesDeadline_saysDeadline() {
    completeOn(a);
    store.reading(a.prefix("t", TEXT).hashes().get(3), Read.NEVER_ANSWERS);
    assertReport(completeOn(b).cache(), 0, 12, MissReason.DEADLINE);
  }

  @Test
  void complete_storeReportsTimeout_saysDeadline() {
    completeOn(a);
    store.reading(a.prefix("t", TEXT).hashes().get(0), Read.LATE);
    assertReport(completeOn(b).cache(), 0, 0, MissReason.DEADLINE);
  }

  @Test
  void complete_storeFails_saysGridUnavailable() {
    completeOn(a);
    store.reading(a.prefix("t", TEXT).hashes().get(2), Read.FAILS);
    assertReport(completeOn(b).cache(), 0, 8, MissReason.GRID_UNAVAILABLE);
  }

  @Test
  void complete_storeDown_answersAndCountsFailedPublish() {
    store.down(true);
    assertReport(completeOn(a).cache(), 0, 0, MissReason.FIRST_SEEN);
    assertEquals(4, a.cache.stats().publishing().failed());
  }

  @Test
  void complete_poolGrewBeforeOpen_skipsFetchedBlocks() {
    completeOn(a);
    // b's pool gets blocks 0 and 1 after the lookup: fetched 0..3, taken pool 0..1, remote 2..3
    Prefix prefix = b.prefix("t", TEXT);
    b.slots.beforeOpen(
        () -> {
          for (int i = 0; i < 2; i++) {
            b.model.keep(
                prefix.hashes().get(i), a.model.exportBlock(prefix.hashes().get(i)).orElseThrow());
          }
        });
    assertReport(completeOn(b).cache(), 8, 8, MissReason.NONE);
  }

  @Test
  void complete_poolShrankBeforeOpen_dropsFetchedBlocksBehindTheGap() {
    completeOn(a);
    completeOn(b);
    Prefix prefix = b.prefix("t", TEXT);
    b.model.evict(prefix.hashes().get(2));
    b.model.evict(prefix.hashes().get(3));
    // pool 0..1, fetched 2..3, then the pool gives block 1 away
    b.slots.beforeOpen(() -> b.model.evict(prefix.hashes().get(1)));
    assertReport(completeOn(b).cache(), 4, 0, MissReason.EVICTED);
  }

  @Test
  void complete_wholePoolPrefixShrankBeforeOpen_saysEvicted() {
    completeOn(a);
    a.slots.beforeOpen(() -> a.model.evict(a.prefix("t", TEXT).hashes().get(3)));
    assertReport(completeOn(a).cache(), 12, 0, MissReason.EVICTED);
  }

  @Test
  void complete_secondTurn_prefillsWhatTheFirstDecoded() {
    List<ChatMessage> turns = new ArrayList<>();
    turns.add(new ChatMessage("user", "hello there, who are you"));
    Completion first = chat(a, turns, CachePolicy.USE);
    turns.add(new ChatMessage("assistant", first.text()));
    turns.add(new ChatMessage("user", "and what then"));

    Completion second = chat(b, turns, CachePolicy.USE);

    assertEquals(chat(a, turns, CachePolicy.OFF).text(), second.text());
    // the first prompt's full blocks come from the grid, what was decoded is computed
    assertEquals((first.promptTokens() - 1) / 4 * 4, second.cache().remoteTokens());
    assertEquals(MissReason.FIRST_SEEN, second.cache().missReason());
  }

  private static Completion chat(TestingNode node, List<ChatMessage> turns, CachePolicy policy) {
    return node.completions.complete(
        new CompletionRequest("t", new Prompt.Chat(turns), SamplingParams.GREEDY, 9, policy),
        token -> true);
  }

  @Test
  void complete_logprobs_thoseOfEachToken() {
    SamplingParams params = SamplingParams.builder().topLogprobs(0).build();
    List<TokenLogprobs> seen = new ArrayList<>();
    Completion completion =
        a.completions.complete(
            new CompletionRequest("t", new Prompt.Text(TEXT), params, 3, CachePolicy.USE),
            token -> seen.add(Objects.requireNonNull(token.logprobs())));
    assertEquals(3, seen.size());
    assertEquals(seen, completion.choices().get(0).logprobs());
  }

  @Test
  void complete_severalChoices_readInTurn() {
    List<Integer> seen = new ArrayList<>();
    Completion completion = a.completions.complete(choices(3), token -> seen.add(token.choice()));

    assertEquals(List.of(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2), seen);
    assertEquals(15, completion.newTokens());
    assertEquals(PROMPT_TOKENS, completion.promptTokens());
    assertEquals(
        Collections.nCopies(
            3, new CompletionChoice(TestingNode.truth(TEXT), FinishReason.LENGTH, 5, List.of())),
        completion.choices());
  }

  @Test
  void complete_sinkRefusesAChoice_cancelsAll() {
    List<Integer> seen = new ArrayList<>();
    Completion completion =
        a.completions.complete(
            choices(2),
            token -> {
              seen.add(token.choice());
              return seen.size() < 3;
            });

    assertEquals(List.of(0, 1, 0), seen);
    assertEquals(
        List.of(FinishReason.CANCELLED, FinishReason.CANCELLED),
        completion.choices().stream().map(CompletionChoice::finishReason).toList());
    assertEquals(1, a.observer.cancelled);
  }

  private static CompletionRequest choices(int count) {
    return new CompletionRequest(
        "t",
        new Prompt.Text(TEXT),
        SamplingParams.GREEDY,
        5,
        count,
        CachePolicy.USE,
        Sharing.WIDEST,
        Priority.NORMAL,
        0,
        RequestId.random());
  }

  @Test
  void complete_sinkRefuses_cancelsAndStillPublishes() {
    List<Integer> seen = new ArrayList<>();
    Completion completion =
        a.completions.complete(
            new CompletionRequest(
                "t", new Prompt.Text(TEXT), SamplingParams.GREEDY, 50, CachePolicy.USE),
            token -> {
              seen.add(token.tokenId());
              return seen.size() < 3;
            });
    assertEquals(FinishReason.CANCELLED, completion.finishReason());
    assertEquals(1, a.observer.cancelled);
    assertEquals(3, completion.newTokens());
    assertEquals(4, store.placements().size());
  }

  @Test
  void complete_sinkThrows_freesTheSlot() {
    assertThrows(
        IllegalStateException.class,
        () ->
            a.completions.complete(
                new CompletionRequest(
                    "t", new Prompt.Text(TEXT), SamplingParams.GREEDY, 5, CachePolicy.USE),
                token -> {
                  throw new IllegalStateException("the caller's own");
                }));
  }

  @Test
  void complete_noSlot_refuses() throws Exception {
    try (var taken = a.slots.getConnection()) {
      assertEquals(a.model, taken.model());
      NoDecodeSlotException refusal =
          assertThrows(NoDecodeSlotException.class, () -> a.complete("t", TEXT, CachePolicy.USE));
      assertTrue(String.valueOf(refusal.getMessage()).contains("all 1 slots are taken"));
    }
    assertEquals(List.of(Refusal.NO_SLOT), a.observer.refusals);
  }

  @Test
  void complete_formatRefused_waitsForNoSlot() throws Exception {
    ResponseFormat alien = new ResponseFormat.JsonSchema("alien");
    SamplingParams params = SamplingParams.builder().responseFormat(alien).build();
    CompletionRequest request =
        new CompletionRequest("t", new Prompt.Text(TEXT), params, 5, CachePolicy.USE);
    try (var taken = a.slots.getConnection()) {
      assertEquals(a.model, taken.model());
      FormatRefusedException refusal =
          assertThrows(
              FormatRefusedException.class, () -> a.completions.complete(request, token -> true));
      assertTrue(String.valueOf(refusal.getMessage()).contains("the schema is alien"));
    }
    assertEquals(List.of(Refusal.FORMAT), a.observer.refusals);
  }

  @Test
  void complete_otherModelMeanwhile_mayComeAgain() {
    TestingModel other = new TestingModel(TestingNode.CONTEXT / 2);
    a.slots.restartBeforeSlot(other);

    NoDecodeSlotException refusal =
        assertThrows(NoDecodeSlotException.class, () -> a.complete("t", TEXT, CachePolicy.USE));

    assertTrue(String.valueOf(refusal.getMessage()).contains("restarted"), refusal::getMessage);
    assertEquals(List.of(Refusal.NO_SLOT), a.observer.refusals);
    assertEquals(0, other.openSequences());
    assertEquals(TestingNode.truth(TEXT), a.complete("t", TEXT, CachePolicy.USE).text());
  }

  @Test
  void complete_adapterStopped_fails() {
    a.slots.stop();
    assertThrows(CompletionFailedException.class, () -> a.complete("t", TEXT, CachePolicy.USE));
    assertEquals(List.of(), a.observer.refusals);
  }

  @Test
  void complete_engineFails_saysSoAndFreesTheSlot() {
    a.slots.failAtOpen("the graph broke");
    assertThrows(CompletionFailedException.class, () -> a.complete("t", TEXT, CachePolicy.USE));
    assertEquals(List.of(), a.observer.refusals);
  }

  @Test
  void complete_poolTooSmall_refuses() {
    a.slots.exhaustAtOpen("12 blocks are needed, but the pool has 3");
    assertThrows(CompletionRefusedException.class, () -> a.complete("t", TEXT, CachePolicy.USE));
    assertEquals(List.of(Refusal.POOL), a.observer.refusals);
  }

  @Test
  void complete_poolBusyForTooLong_mayComeAgain() {
    a.slots.beforeOpen(
        () -> {
          throw new PoolBusyException("others held them");
        });
    NoDecodeSlotException refusal =
        assertThrows(NoDecodeSlotException.class, () -> a.complete("t", TEXT, CachePolicy.USE));
    assertTrue(refusal.retryAfterSeconds() >= 1);
    assertEquals(List.of(Refusal.NO_BLOCKS), a.observer.refusals);
  }

  @Test
  void complete_engineIsStopped_mayComeAgain() {
    a.slots.beforeOpen(
        () -> {
          throw new EngineStoppedException();
        });

    NoDecodeSlotException refusal =
        assertThrows(NoDecodeSlotException.class, () -> a.complete("t", TEXT, CachePolicy.USE));

    assertTrue(refusal.retryAfterSeconds() >= 1);
    assertEquals(List.of(Refusal.DRAINING), a.observer.refusals);
  }

  @Test
  void complete_clientLeavesWhileItWaitsForBlocks_givenUp() {
    a.slots.beforeOpen(
        () -> {
          throw new CancellationException("not wanted any more");
        });

    Completion completion = a.complete("t", TEXT, CachePolicy.USE);

    assertTrue(completion.isCancelled());
    assertEquals(1, a.observer.cancelled);
    assertEquals(List.of(), a.observer.refusals);
  }

  @Test
  void complete_templateRefuses_saysWhy() {
    CompletionRefusedException refusal =
        assertThrows(
            CompletionRefusedException.class,
            () -> chat(a, List.of(new ChatMessage("alien", "hi")), CachePolicy.USE));
    assertTrue(String.valueOf(refusal.getMessage()).contains("the role is alien"));
    assertEquals(List.of(Refusal.PROMPT), a.observer.refusals);
  }

  @Test
  void complete_overTheContext_saysAllNumbers() {
    CompletionRequest request =
        new CompletionRequest(
            "t", new Prompt.Text("x".repeat(150)), SamplingParams.GREEDY, 50, CachePolicy.USE);
    ContextLengthExceededException refusal =
        assertThrows(
            ContextLengthExceededException.class,
            () -> a.completions.complete(request, token -> true));
    for (String number : List.of("200", "201", "151", "50")) {
      assertTrue(String.valueOf(refusal.getMessage()).contains(number), refusal.getMessage());
    }
    assertEquals(List.of(Refusal.CONTEXT_LENGTH), a.observer.refusals);
  }

  @Test
  void complete_farOverTheContext_refusedByItsBeginning() {
    Prompt megabytes = new Prompt.Text("x".repeat(5_000_000)); // of a context of 200
    ContextLengthExceededException refusal =
        assertThrows(
            ContextLengthExceededException.class,
            () ->
                a.completions.complete(
                    new CompletionRequest(
                        "t", megabytes, SamplingParams.GREEDY, 5, CachePolicy.USE),
                    token -> true));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("200") && message.contains("more than 3201"), message);
  }

  @Test
  void complete_arrivedBefore_countsFromThen() {
    long arrivalNanos = System.nanoTime() - 7_000_000_000L;
    Completion completion =
        a.completions.complete(
            new CompletionRequest(
                "t",
                new Prompt.Text(TEXT),
                SamplingParams.GREEDY,
                5,
                1,
                CachePolicy.USE,
                Sharing.WIDEST,
                Priority.NORMAL,
                arrivalNanos,
                RequestId.random()),
            token -> true);
    assertEquals(7, a.observer.firstTokenSeconds.get(0), 2);
    assertEquals(7_000, a.cache.stats().timing().missTtftP50(), 2_000);
    assertTrue(completion.cache().lookupMillis() < 2_000, "the lookup counts from its own start");
  }

  @Test
  void complete_withoutMaxTokens_usesTheContext() {
    Completion completion =
        a.completions.complete(
            new CompletionRequest(
                "t",
                new Prompt.Text("x".repeat(149)),
                SamplingParams.GREEDY,
                null,
                CachePolicy.USE),
            token -> true);
    assertEquals(50, completion.newTokens());
    assertEquals(FinishReason.LENGTH, completion.finishReason());
  }
}
