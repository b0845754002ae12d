package dev.kvasir.cache.testing;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.BlockPoolStats;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.Conversation;
import dev.kvasir.inference.EngineStats;
import dev.kvasir.inference.IdlePrefill;
import dev.kvasir.inference.IdleRecompute;
import dev.kvasir.inference.IdleStats;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.inference.ResponseFormatException;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A model of one token per character, blocks of 4, and a pool that only forgets when told to. */
public final class TestingModel implements Model {
  public static final int BLOCK_SIZE = TestingAttention.BLOCK_SIZE;

  /** What the steps of a prompt take, whatever the clock says. */
  public static final double PREFILL_MILLIS = 3;

  /** Put in front of plain texts. */
  public static final int BEGIN = 1;

  private final Map<BlockHash, KvBlock> pool = new ConcurrentHashMap<>();
  private final List<IdlePrefill> idle = new CopyOnWriteArrayList<>();
  private final List<IdleRecompute> recomputes = new CopyOnWriteArrayList<>();
  private final AtomicInteger openSequences = new AtomicInteger();
  private final int contextTokens;
  private @Nullable String broken;

  public TestingModel(int contextTokens) {
    this.contextTokens = contextTokens;
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo(
        "testing",
        contextTokens,
        TestingAttention.VOCABULARY,
        1,
        64,
        TestingAttention.LAYOUT,
        "plain",
        "cpu",
        false);
  }

  @Override
  public TokenIds tokenize(String text, boolean addSpecialTokens) {
    String all = addSpecialTokens ? (char) BEGIN + text : text;
    return TokenIds.of(all.chars().toArray());
  }

  @Override
  public String detokenize(TokenIds tokens, boolean skipSpecialTokens) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      text.append((char) tokens.get(i));
    }
    return text.toString();
  }

  @Override
  public List<String> spell(TokenIds tokens) {
    return detokenize(tokens, false).chars().mapToObj(Character::toString).toList();
  }

  @Override
  public String applyChatTemplate(Conversation conversation) {
    StringBuilder text = new StringBuilder();
    for (ChatMessage message : conversation.messages()) {
      if (message.role().equals("alien")) {
        throw new IllegalArgumentException("the role is alien, but must be a human's");
      }
      text.append('<').append(message.role()).append('>').append(message.content()).append('\n');
    }
    return text.append(conversation.addGenerationPrompt() ? "<assistant>" : "").toString();
  }

  @Override
  public void requireFormat(ResponseFormat format) {
    if (format instanceof ResponseFormat.JsonSchema schema) {
      throw new ResponseFormatException("the schema is %s".formatted(schema.schema()));
    }
  }

  @Override
  public int countLeadingBlocks(List<BlockHash> hashes) {
    int count = 0;
    while (count < hashes.size() && pool.containsKey(hashes.get(count))) {
      count++;
    }
    return count;
  }

  @Override
  public Optional<KvBlock> exportBlock(BlockHash hash) {
    requireServing();
    return Optional.ofNullable(pool.get(hash));
  }

  /** Keeps it: a test says when there is time. */
  @Override
  public void prefillIdle(IdlePrefill text) {
    idle.add(text);
  }

  /** Computes what was to be computed when there is time. */
  public void haveTime() {
    List<IdlePrefill> texts = List.copyOf(idle);
    idle.clear();
    for (IdlePrefill text : texts) {
      int[] tokens = text.text().toArray();
      for (int index = 0; index < text.blockHashes().size(); index++) {
        int end = (index + 1) * BLOCK_SIZE;
        keep(
            text.blockHashes().get(index),
            KvBlock.of(
                TestingAttention.LAYOUT,
                index,
                text.text().slice(index * BLOCK_SIZE, end),
                ByteBuffer.wrap(TestingAttention.payload(tokens, end))));
      }
      text.whenShared().run();
    }
  }

  /** What is to be computed when there is time. */
  public List<IdlePrefill> idle() {
    return List.copyOf(idle);
  }

  /** Keeps it: a test says what it took. */
  @Override
  public void recomputeIdle(IdleRecompute blocks) {
    recomputes.add(blocks);
  }

  /** All that was to be computed once more. */
  public List<IdleRecompute> recomputes() {
    return List.copyOf(recomputes);
  }

  @Override
  public int clearPool() {
    int size = pool.size();
    pool.clear();
    return size;
  }

  @Override
  public void requireServing() {
    if (broken != null) {
      throw new InferenceException(broken);
    }
  }

  /** From now on the engine serves no more. */
  public void breakBecause(String reason) {
    broken = reason;
  }

  @Override
  public EngineStats stats() {
    return new EngineStats(0, openSequences.get(), 0, 0, 0, 0, 0, 0, IdleStats.NONE);
  }

  @Override
  public BlockPoolStats poolStats() {
    return new BlockPoolStats(1000, 0, pool.size(), 0, TestingAttention.LAYOUT.payloadBytes());
  }

  /** Starts a sequence. */
  Sequence open(SequenceRequest request, BooleanSupplier wanted) {
    openSequences.incrementAndGet();
    return new TestingSequence(this, request, wanted);
  }

  void sequenceClosed() {
    openSequences.decrementAndGet();
  }

  /** Sequences that are not closed. */
  public int openSequences() {
    return openSequences.get();
  }

  /** Puts a block into the pool. */
  public void keep(BlockHash hash, KvBlock block) {
    pool.put(hash, block);
  }

  /** Gives a block of the pool to other tokens. */
  public void evict(BlockHash hash) {
    pool.remove(hash);
  }
}
