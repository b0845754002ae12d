package dev.kvasir.cache.oracle;

import dev.kvasir.inference.ForwardingModel;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.TokenIds;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A model that reads token ids where a text begins with a mark, so that tests have prompts of exact
 * lengths. All else is the real model's.
 */
final class TokenText extends ForwardingModel {
  private static final String MARK = "ids:";

  TokenText(Model model) {
    super(model);
  }

  /** The text that is read as these tokens. */
  static String of(int[] tokens) {
    return MARK
        + Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }

  @Override
  public TokenIds tokenize(String text, boolean addSpecialTokens) {
    if (!text.startsWith(MARK)) {
      return super.tokenize(text, addSpecialTokens);
    }
    String[] ids = text.substring(MARK.length()).split(",", -1);
    return TokenIds.of(Arrays.stream(ids).mapToInt(Integer::parseInt).toArray());
  }
}
