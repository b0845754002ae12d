package dev.kvasir.web.completion;

import dev.kvasir.inference.TokenLogprob;
import dev.kvasir.inference.TokenLogprobs;
import dev.kvasir.web.openai.ChatLogprobs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wire form of a chat's log-probabilities. */
final class ChatLogprobForm {
  private ChatLogprobForm() {}

  /** Those of these tokens; null if there are none. */
  static @Nullable ChatLogprobs of(List<TokenLogprobs> tokens) {
    return tokens.isEmpty()
        ? null
        : new ChatLogprobs(tokens.stream().map(ChatLogprobForm::token).toList(), null);
  }

  private static ChatLogprobs.Token token(TokenLogprobs logprobs) {
    TokenLogprob chosen = logprobs.chosen();
    return new ChatLogprobs.Token(
        chosen.text(),
        chosen.logprob(),
        bytes(chosen),
        logprobs.top().stream()
            .map(top -> new ChatLogprobs.TopToken(top.text(), top.logprob(), bytes(top)))
            .toList());
  }

  private static @Nullable List<Integer> bytes(TokenLogprob token) {
    List<Integer> bytes = new ArrayList<>();
    for (ByteBuffer rest = token.bytes(); rest.hasRemaining(); ) {
      bytes.add(Byte.toUnsignedInt(rest.get()));
    }
    return bytes.isEmpty() ? null : bytes;
  }
}
