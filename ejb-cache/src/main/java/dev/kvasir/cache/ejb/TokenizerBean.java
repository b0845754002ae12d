package dev.kvasir.cache.ejb;

import dev.kvasir.cache.request.ModelTokens;
import dev.kvasir.completion.Prompt;
import dev.kvasir.completion.TokenizerService;
import dev.kvasir.inference.TokenIds;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;

/** The loaded model's tokens for the modules of this application. */
@Stateless(name = "TokenizerBean")
@Local(TokenizerService.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TokenizerBean implements TokenizerService {
  @EJB private CacheCoordinator coordinator;

  @Override
  public TokenIds tokenize(Prompt prompt, boolean addSpecialTokens) {
    return tokens().tokenize(prompt, addSpecialTokens);
  }

  @Override
  public String detokenize(TokenIds tokens) {
    return tokens().detokenize(tokens);
  }

  @Override
  public List<String> spell(TokenIds tokens) {
    return tokens().spell(tokens);
  }

  private TokenizerService tokens() {
    return new ModelTokens(coordinator::model);
  }
}
