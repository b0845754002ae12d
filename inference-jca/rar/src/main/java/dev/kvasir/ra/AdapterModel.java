package dev.kvasir.ra;

import dev.kvasir.inference.Conversation;
import dev.kvasir.inference.ForwardingModel;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.inference.TokenIds;

/** A model whose text side runs under the adapter's class loader, whoever calls it. */
final class AdapterModel extends ForwardingModel {
  private final ContextLoader context;

  AdapterModel(Model model, ContextLoader context) {
    super(model);
    this.context = context;
  }

  @Override
  public TokenIds tokenize(String text, boolean addSpecialTokens) {
    return context.call(() -> super.tokenize(text, addSpecialTokens));
  }

  @Override
  public String detokenize(TokenIds tokens, boolean skipSpecialTokens) {
    return context.call(() -> super.detokenize(tokens, skipSpecialTokens));
  }

  @Override
  public String applyChatTemplate(Conversation conversation) {
    return context.call(() -> super.applyChatTemplate(conversation));
  }

  @Override
  public void requireFormat(ResponseFormat format) {
    context.call(
        () -> {
          super.requireFormat(format);
          return true;
        });
  }
}
