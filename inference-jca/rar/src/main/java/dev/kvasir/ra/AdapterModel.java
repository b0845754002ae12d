package dev.kvasir.ra;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.BlockPoolStats;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.inference.TokenIds;
import java.util.List;
import java.util.Optional;

/** A model whose text side runs under the adapter's class loader, whoever calls it. */
record AdapterModel(Model model, ContextLoader context) implements Model {
  @Override
  public ModelInfo info() {
    return model.info();
  }

  @Override
  public TokenIds tokenize(String text, boolean addSpecialTokens) {
    return context.call(() -> model.tokenize(text, addSpecialTokens));
  }

  @Override
  public String detokenize(TokenIds tokens) {
    return context.call(() -> model.detokenize(tokens));
  }

  @Override
  public String applyChatTemplate(List<ChatMessage> messages) {
    return context.call(() -> model.applyChatTemplate(messages));
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
