package dev.kvasir.cache.oracle;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.BlockPoolStats;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.inference.TokenIds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A model that reads token ids where a text begins with a mark, so that tests have prompts of exact
 * lengths. All else is the real model's.
 */
final class TokenText implements Model {
  private static final String MARK = "ids:";

  private final Model model;

  TokenText(Model model) {
    this.model = model;
  }

  /** The text that is read as these tokens. */
  static String of(int[] tokens) {
    return MARK
        + Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }

  @Override
  public TokenIds tokenize(String text, boolean addSpecialTokens) {
    if (!text.startsWith(MARK)) {
      return model.tokenize(text, addSpecialTokens);
    }
    String[] ids = text.substring(MARK.length()).split(",", -1);
    return TokenIds.of(Arrays.stream(ids).mapToInt(Integer::parseInt).toArray());
  }

  @Override
  public ModelInfo info() {
    return model.info();
  }

  @Override
  public String detokenize(TokenIds tokens) {
    return model.detokenize(tokens);
  }

  @Override
  public String applyChatTemplate(List<ChatMessage> messages) {
    return model.applyChatTemplate(messages);
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
  public int clearPool() {
    return model.clearPool();
  }

  @Override
  public BlockPoolStats poolStats() {
    return model.poolStats();
  }
}
