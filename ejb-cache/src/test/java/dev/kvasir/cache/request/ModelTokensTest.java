package dev.kvasir.cache.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.cache.testing.TestingModel;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.completion.CompletionRefusedException;
import dev.kvasir.completion.Prompt;
import dev.kvasir.completion.TokenizerService;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.Conversation;
import dev.kvasir.inference.TokenIds;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelTokensTest {
  private static final List<ChatMessage> HELLO = List.of(new ChatMessage("user", "hi"));

  private final TestingModel model = new TestingModel(TestingNode.CONTEXT);
  private final TokenizerService tokens = new ModelTokens(() -> model);

  @Test
  void tokenize_text_specialTokensWhereWanted() {
    assertEquals(TokenIds.of(TestingModel.BEGIN, 'a'), tokens.tokenize(new Prompt.Text("a"), true));
    assertEquals(TokenIds.of('a'), tokens.tokenize(new Prompt.Text("a"), false));
    assertEquals(TokenIds.of(), tokens.tokenize(new Prompt.Text(""), false));
  }

  @Test
  void tokenize_beyondTheContext_allOfIt() {
    String text = "a".repeat(100 * TestingNode.CONTEXT);

    assertEquals(text.length(), tokens.tokenize(new Prompt.Text(text), false).size());
  }

  @Test
  void tokenize_chat_renderedWithHeadWhereWanted() {
    assertEquals("<user>hi\n<assistant>", chat(new Conversation(HELLO)));
    assertEquals("<user>hi\n", chat(new Conversation(HELLO, List.of(), false)));
  }

  @Test
  void tokenize_chatRefused_saysWhy() {
    List<ChatMessage> alien = List.of(new ChatMessage("alien", "hi"));

    assertThrows(
        CompletionRefusedException.class, () -> tokens.tokenize(new Prompt.Chat(alien), false));
  }

  @Test
  void spell_tokens_oneByOne() {
    assertEquals(List.of("h", "i"), tokens.spell(TokenIds.of('h', 'i')));
  }

  private String chat(Conversation conversation) {
    return tokens.detokenize(tokens.tokenize(new Prompt.Chat(conversation), false));
  }
}
