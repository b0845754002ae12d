package dev.kvasir.cache.request;

import dev.kvasir.completion.Prompt;
import dev.kvasir.completion.TokenizerService;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.TokenIds;
import java.util.List;
import java.util.function.Supplier;

/**
 * The tokens of the model that is loaded now.
 *
 * @param loaded asked each time, as the adapter may restart
 */
public record ModelTokens(Supplier<Model> loaded) implements TokenizerService {
  @Override
  public TokenIds tokenize(Prompt prompt, boolean addSpecialTokens) {
    Model model = loaded.get();
    return model.tokenize(PromptTokens.text(model, prompt), addSpecialTokens);
  }

  @Override
  public String detokenize(TokenIds tokens) {
    return loaded.get().detokenize(tokens, false);
  }

  @Override
  public List<String> spell(TokenIds tokens) {
    return loaded.get().spell(tokens);
  }
}
