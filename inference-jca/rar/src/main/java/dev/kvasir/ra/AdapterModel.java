package dev.kvasir.ra;

import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.ForwardingModel;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.inference.TokenIds;
import java.util.List;

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
  public String detokenize(TokenIds tokens) {
    return context.call(() -> super.detokenize(tokens));
  }

  @Override
  public String applyChatTemplate(List<ChatMessage> messages) {
    return context.call(() -> super.applyChatTemplate(messages));
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
