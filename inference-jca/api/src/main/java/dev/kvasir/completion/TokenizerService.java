package dev.kvasir.completion;

import dev.kvasir.inference.TokenIds;
import java.util.List;

/**
 * The loaded model's tokens; needs no decode slot. Safe for all threads.
 *
 * <p>Each method throws {@link CompletionFailedException} if the adapter is not running.
 */
public interface TokenizerService {
  /**
   * A prompt as the model reads it, however long; an empty text may have no token.
   *
   * @param addSpecialTokens whether the tokenizer adds what it puts around a plain text
   * @throws CompletionRefusedException if the chat template refuses the messages
   */
  TokenIds tokenize(Prompt prompt, boolean addSpecialTokens);

  /** The text of tokens, special ones included; broken UTF-8 gives U+FFFD. */
  String detokenize(TokenIds tokens);

  /** Each token as the vocabulary spells it; empty where it has none. */
  List<String> spell(TokenIds tokens);
}
