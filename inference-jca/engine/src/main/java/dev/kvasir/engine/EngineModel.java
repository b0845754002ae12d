package dev.kvasir.engine;

import dev.kvasir.engine.graph.GraphSession;
import dev.kvasir.engine.paged.BlockPool;
import dev.kvasir.engine.paged.CachedBlock;
import dev.kvasir.engine.schedule.Scheduler;
import dev.kvasir.engine.schedule.StepLoop;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.BlockPoolStats;
import dev.kvasir.inference.Conversation;
import dev.kvasir.inference.EngineStats;
import dev.kvasir.inference.IdlePrefill;
import dev.kvasir.inference.IdleRecompute;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.inference.TokenIds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The engine's model as callers see it; what touches pool or graph runs on the step loop. */
final class EngineModel implements Model {
  private final ModelInfo info;
  private final TextSide text;
  private final StepLoop loop;
  private final EngineLife life;
  private final Scheduler scheduler;
  private final BlockPool pool;
  private final GraphSession graph;
  private final WatchedGraph watched;

  EngineModel(ModelInfo info, TextSide text, EngineCore core) {
    this.info = info;
    this.text = text;
    this.loop = core.loop();
    this.life = core.life();
    this.scheduler = core.scheduler();
    this.pool = core.pool();
    this.graph = core.graph();
    this.watched = core.watched();
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public TokenIds tokenize(String text, boolean addSpecialTokens) {
    return this.text.tokenizer().encode(text, addSpecialTokens);
  }

  @Override
  public String detokenize(TokenIds tokens, boolean skipSpecialTokens) {
    return text.tokenizer().decode(tokens.toArray(), skipSpecialTokens);
  }

  @Override
  public List<String> spell(TokenIds tokens) {
    return Arrays.stream(tokens.toArray()).mapToObj(text.tokenizer()::spelling).toList();
  }

  @Override
  public String applyChatTemplate(Conversation conversation) {
    return text.template().render(conversation);
  }

  @Override
  public void requireFormat(ResponseFormat format) {
    text.constraints().of(format);
  }

  @Override
  public int countLeadingBlocks(List<BlockHash> hashes) {
    return pool.countLeading(hashes);
  }

  @Override
  public Optional<KvBlock> exportBlock(BlockHash hash) {
    return loop.call(() -> export(hash));
  }

  private Optional<KvBlock> export(BlockHash hash) {
    OptionalInt block = pool.find(hash);
    if (block.isEmpty()) {
      return Optional.empty();
    }
    CachedBlock content = pool.content(block.getAsInt()).orElseThrow();
    return Optional.of(
        KvBlock.of(
            info.layout(),
            content.blockIndex(),
            content.tokens(),
            graph.exportBlock(block.getAsInt())));
  }

  @Override
  public void prefillIdle(IdlePrefill text) {
    loop.tell(() -> scheduler.prefillIdle(text));
  }

  @Override
  public void recomputeIdle(IdleRecompute blocks) {
    loop.tell(() -> scheduler.recomputeIdle(blocks));
  }

  @Override
  public int clearPool() {
    return loop.call(
        () -> {
          scheduler.dropIdle();
          return pool.clear();
        });
  }

  @Override
  public void requireServing() {
    life.requireServing();
    if (watched.isBroken()) {
      loop.call(
          () -> {
            watched.requireWorking();
            return true;
          });
    }
  }

  @Override
  public EngineStats stats() {
    return scheduler.stats();
  }

  @Override
  public BlockPoolStats poolStats() {
    return pool.stats();
  }
}
