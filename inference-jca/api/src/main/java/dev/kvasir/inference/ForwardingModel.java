package dev.kvasir.inference;

import java.util.List;
import java.util.Optional;

/** Another model, but for what a subclass does differently. */
public abstract class ForwardingModel implements Model {
  private final Model model;

  /** Forwards to that model. */
  protected ForwardingModel(Model model) {
    this.model = model;
  }

  @Override
  public ModelInfo info() {
    return model.info();
  }

  @Override
  public TokenIds tokenize(String text, boolean addSpecialTokens) {
    return model.tokenize(text, addSpecialTokens);
  }

  @Override
  public String detokenize(TokenIds tokens, boolean skipSpecialTokens) {
    return model.detokenize(tokens, skipSpecialTokens);
  }

  @Override
  public List<String> spell(TokenIds tokens) {
    return model.spell(tokens);
  }

  @Override
  public String applyChatTemplate(Conversation conversation) {
    return model.applyChatTemplate(conversation);
  }

  @Override
  public void requireFormat(ResponseFormat format) {
    model.requireFormat(format);
  }

  @Override
  public int countLeadingBlocks(List<BlockHash> hashes) {
    return model.countLeadingBlocks(hashes);
  }

  @Override
  public Optional<KvBlock> exportBlock(BlockHash hash) {
    return model.exportBlock(hash);
  }

  @Override
  public void prefillIdle(IdlePrefill text) {
    model.prefillIdle(text);
  }

  @Override
  public void recomputeIdle(IdleRecompute blocks) {
    model.recomputeIdle(blocks);
  }

  @Override
  public int clearPool() {
    return model.clearPool();
  }

  @Override
  public void requireServing() {
    model.requireServing();
  }

  @Override
  public EngineStats stats() {
    return model.stats();
  }

  @Override
  public BlockPoolStats poolStats() {
    return model.poolStats();
  }
}
