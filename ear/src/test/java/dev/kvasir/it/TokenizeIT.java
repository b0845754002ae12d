package dev.kvasir.it;

import static dev.kvasir.it.KvasirClient.expectOk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Prompts as tokens and back, against what completions count. */
@ExtendWith(KvasirCluster.Shared.class)
final class TokenizeIT {
  private final KvasirClient client;

  TokenizeIT(KvasirCluster cluster) throws IOException, InterruptedException {
    client = cluster.a().client();
  }

  @Test
  void messages_countAndText_asCompleted() throws IOException, InterruptedException {
    JsonObject tokenized =
        expectOk(client.post("/tokenize", KvasirClient.chatBody("Be kind.", "Hello", 1, false)));
    JsonObject completed = client.chat("Be kind.", "Hello", 1);

    assertEquals(
        completed.getJsonObject("usage").getInt("prompt_tokens"), tokenized.getInt("count"));
    assertEquals(tokenized.getInt("count"), tokenized.getJsonArray("tokens").size());
    assertTrue(tokenized.getInt("max_model_len") > 0);
    assertTrue(tokenized.isNull("token_strs"));
    assertEquals(
        """
        <|im_start|>system
        Be kind.<|im_end|>
        <|im_start|>user
        Hello<|im_end|>
        <|im_start|>assistant
        """,
        detokenize(tokenized));
  }

  @Test
  void prompt_tokenStrs_spelledAsInTheVocabulary() throws IOException, InterruptedException {
    JsonObject tokenized =
        expectOk(client.post("/tokenize", "{\"prompt\": \"a the\", \"return_token_strs\": true}"));

    List<String> spelled = tokenized.getJsonArray("token_strs").getValuesAs(JsonString::getString);
    assertEquals("a the", String.join("", spelled).replace('\u0120', ' '));
    assertEquals("a the", detokenize(tokenized));
  }

  @Test
  void detokenize_idOutsideTheVocabulary_refused() throws IOException, InterruptedException {
    HttpResponse<String> refused = client.post("/detokenize", "{\"tokens\": [123456789]}");

    assertEquals(400, refused.statusCode());
    assertTrue(refused.body().contains("\"tokens[0]\""), refused.body());
  }

  private String detokenize(JsonObject tokenized) throws IOException, InterruptedException {
    JsonObject body =
        Json.createObjectBuilder().add("tokens", tokenized.getJsonArray("tokens")).build();
    return expectOk(client.post("/detokenize", body.toString())).getString("prompt");
  }
}
