package dev.kvasir.web.completion;

import dev.kvasir.inference.TokenLogprob;
import dev.kvasir.inference.TokenLogprobs;
import dev.kvasir.web.openai.TextLogprobs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The wire form of one completion's log-probabilities; counts its characters from call to call. For
 * one thread.
 */
final class TextLogprobForm {
  private int characters; // begun by the tokens so far

  /** Those of the next tokens; null if there are none. */
  @Nullable TextLogprobs next(List<TokenLogprobs> tokens) {
    if (tokens.isEmpty()) {
      return null;
    }
    List<Integer> offsets = new ArrayList<>(tokens.size());
    for (TokenLogprobs token : tokens) {
      offsets.add(offset(token.chosen().bytes()));
    }
    return new TextLogprobs(
        tokens.stream().map(token -> token.chosen().text()).toList(),
        tokens.stream().map(token -> token.chosen().logprob()).toList(),
        tokens.stream().map(TextLogprobForm::top).toList(),
        offsets);
  }

  /** Where the token begins; one that goes on with a character begins where that does. */
  private int offset(ByteBuffer utf8) {
    int before = characters;
    boolean goesOn = utf8.hasRemaining() && !begins(utf8.get(0));
    while (utf8.hasRemaining()) {
      characters += begins(utf8.get()) ? 1 : 0;
    }
    return goesOn && before > 0 ? before - 1 : before;
  }

  /** Whether a byte of UTF-8 is the first of a character. */
  private static boolean begins(byte utf8) {
    return (utf8 & 0xC0) != 0x80;
  }

  /** The chosen token always is among them, as with OpenAI. */
  private static Map<String, Double> top(TokenLogprobs token) {
    Map<String, Double> top = new LinkedHashMap<>();
    for (TokenLogprob likely : token.top()) {
      top.putIfAbsent(likely.text(), likely.logprob());
    }
    top.putIfAbsent(token.chosen().text(), token.chosen().logprob());
    return top;
  }
}
