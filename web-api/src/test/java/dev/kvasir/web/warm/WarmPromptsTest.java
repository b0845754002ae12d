package dev.kvasir.web.warm;

import static dev.kvasir.web.FaultAssertions.assertFault;
import static dev.kvasir.web.FaultAssertions.faultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.web.json.JsonBody;
import jakarta.json.Json;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WarmPromptsTest {
  private static List<Prompt> prompts(String json) {
    JsonBody body = new JsonBody(Json.createReader(new StringReader(json)).readObject());
    return WarmPrompts.of(body.as(WarmRequest.class));
  }

  @Test
  void of_textsAndChats_inOrder() {
    assertEquals(
        List.of(
            new Prompt.Text("one"),
            new Prompt.Text("two"),
            new Prompt.Chat(List.of(new ChatMessage("system", "Be kind.")))),
        prompts(
            """
            {"prompts": ["one", "two"],
             "chats": [{"messages": [{"role": "system", "content": "Be kind."}]}]}
            """));
  }

  @Test
  void of_nothing_refused() {
    assertFault(faultOf(() -> prompts("{}")), "prompts", "invalid_value", "are 0 together");
    assertFault(
        faultOf(() -> prompts("{\"prompts\": [\"\"]}")), "prompts[0]", "invalid_value", "is empty");
  }

  @Test
  void of_tooMany_refused() {
    String many = "{\"prompts\": [" + "\"x\", ".repeat(1_000) + "\"x\"]}";
    assertFault(faultOf(() -> prompts(many)), "prompts", "invalid_value", "1001", "1 to 1000");
  }

  @Test
  void of_badMessage_saysInWhichChat() {
    assertFault(
        faultOf(() -> prompts("{\"prompts\": [\"x\"], \"chats\": [{\"messages\": []}]}")),
        "chats[0]",
        "invalid_value",
        "In chats[0]: messages is empty");
  }
}
