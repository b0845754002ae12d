package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.StructuredChatCompletionCreateParams;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** JSON answers as OpenAI's own client asks for them, of a model that has never seen JSON. */
@ExtendWith(KvasirCluster.Shared.class)
final class ResponseFormatIT {
  private static final int SEEDS = 5;

  private final OpenAIClient client;

  /** What a baker or a teacher is. */
  enum Work {
    BAKER,
    TEACHER
  }

  /** The client makes a schema of it, and of an answer one of these. */
  static final class Person {
    public Work work = Work.BAKER;
    public boolean old;
    public List<Long> codes = List.of();
    public Optional<Long> floor = Optional.empty();
  }

  ResponseFormatIT(KvasirCluster cluster) throws IOException, InterruptedException {
    KvasirNode node = cluster.a();
    client = OpenAiClients.of(node);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void chat_jsonObject_parses() {
    for (int seed = 0; seed < SEEDS; seed++) {
      ChatCompletionCreateParams params =
          warm(seed)
              .responseFormat(ResponseFormatJsonObject.builder().build())
              .maxCompletionTokens(400)
              .build();
      ChatCompletion.Choice choice = client.chat().completions().create(params).choices().get(0);

      String text = choice.message().content().orElseThrow();
      assertTrue(text.startsWith("{"), text);
      if (choice.finishReason().equals(ChatCompletion.Choice.FinishReason.STOP)) {
        try (JsonReader json = Json.createReader(new StringReader(text))) {
          json.readObject();
        }
      }
    }
  }

  @Test
  void chat_schemaOfAClass_readIntoIt() {
    for (int seed = 0; seed < SEEDS; seed++) {
      StructuredChatCompletionCreateParams<Person> params =
          warm(seed).maxCompletionTokens(1_000).responseFormat(Person.class).build();
      Person person =
          client
              .chat()
              .completions()
              .create(params)
              .choices()
              .get(0)
              .message()
              .content()
              .orElseThrow();

      assertTrue(List.of(Work.values()).contains(person.work));
    }
  }

  @Test
  void chat_schemaNotSupported_saysWhy() {
    ResponseFormatJsonSchema.JsonSchema.Schema schema =
        ResponseFormatJsonSchema.JsonSchema.Schema.builder()
            .putAdditionalProperty("not", JsonValue.from(Map.of()))
            .build();
    ResponseFormatJsonSchema format =
        ResponseFormatJsonSchema.builder()
            .jsonSchema(
                ResponseFormatJsonSchema.JsonSchema.builder().name("no").schema(schema).build())
            .build();

    BadRequestException refusal =
        assertThrows(
            BadRequestException.class,
            () -> client.chat().completions().create(warm(1).responseFormat(format).build()));
    assertEquals("response_format", refusal.param().orElse(""));
    assertTrue(String.valueOf(refusal.getMessage()).contains("\"not\" at #"), refusal::toString);
  }

  private static ChatCompletionCreateParams.Builder warm(long seed) {
    return ChatCompletionCreateParams.builder()
        .model("tiny")
        .addUserMessage("Paul is a baker. What is Paul?")
        .temperature(1.5)
        .putAdditionalBodyProperty("seed", JsonValue.from(seed));
  }
}
