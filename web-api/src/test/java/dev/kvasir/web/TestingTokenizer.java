package dev.kvasir.web;

import dev.kvasir.completion.Prompt;
import dev.kvasir.completion.TokenizerService;
import dev.kvasir.inference.TokenIds;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** One token a character, 1 before them where special tokens are wanted; 2 ends a conversation. */
public final class TestingTokenizer implements TokenizerService {
  @Override
  public TokenIds tokenize(Prompt prompt, boolean addSpecialTokens) {
    String text =
        prompt instanceof Prompt.Chat chat
            ? chat.conversation().messages().stream()
                    .map(message -> message.role() + ":" + message.content())
                    .collect(Collectors.joining("\n"))
                + (chat.conversation().addGenerationPrompt() ? "\2" : "")
            : ((Prompt.Text) prompt).text();
    return TokenIds.of(((addSpecialTokens ? "\1" : "") + text).chars().toArray());
  }

  @Override
  public String detokenize(TokenIds tokens) {
    return String.join("", spell(tokens));
  }

  @Override
  public List<String> spell(TokenIds tokens) {
    return Arrays.stream(tokens.toArray()).mapToObj(Character::toString).toList();
  }
}
