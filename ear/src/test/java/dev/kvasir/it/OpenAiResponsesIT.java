package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFormatTextJsonSchemaConfig;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseTextConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Responses API by OpenAI's own client; {@code validate()} checks every field's type. */
@ExtendWith(KvasirCluster.Shared.class)
final class OpenAiResponsesIT {
  private static final String NOTES =
      "Read the notes and answer the questions.\n"
          + "Paul lives in Oslo. Ida works as a baker. The code of Paul is 4821.";
  private static final String QUESTION = "What is the code of Paul?";

  private final KvasirNode node;
  private final OpenAIClient client;

  OpenAiResponsesIT(KvasirCluster cluster) throws IOException, InterruptedException {
    node = cluster.a();
    client = OpenAiClients.of(node);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void create_question_answeredLikeChat() throws IOException, InterruptedException {
    Response response = client.responses().create(question().build());

    response.validate();
    assertEquals(KvasirClient.text(node.client().chat(NOTES, QUESTION, 16)), text(response));
    assertEquals(ResponseStatus.COMPLETED, response.status().orElseThrow());
    assertTrue(response.usage().orElseThrow().inputTokens() > 0);
    assertTrue(response._additionalProperties().containsKey("kvasir"));
  }

  @Test
  void create_conversation_earlierTurnsCached() {
    String notes = NOTES.repeat(8);
    Response first = client.responses().create(question().instructions(notes).build());
    Response second =
        client
            .responses()
            .create(
                question()
                    .instructions(notes)
                    .inputOfResponse(
                        List.of(
                            message(EasyInputMessage.Role.USER, QUESTION),
                            message(EasyInputMessage.Role.ASSISTANT, text(first)),
                            message(EasyInputMessage.Role.USER, "Where does Paul live?")))
                    .build());

    second.validate();
    assertTrue(
        second.usage().orElseThrow().inputTokensDetails().cachedTokens() > 0, second::toString);
  }

  @Test
  void stream_question_sameAsWhole() {
    Response whole = client.responses().create(question().build());

    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(question().build())) {
      List<ResponseStreamEvent> events = stream.stream().toList();

      events.forEach(ResponseStreamEvent::validate);
      assertTrue(events.get(0).isCreated());
      assertTrue(events.get(1).isInProgress());
      assertTrue(events.get(2).isOutputItemAdded());
      assertTrue(events.get(3).isContentPartAdded());
      assertEquals(
          text(whole),
          events.stream()
              .flatMap(event -> event.outputTextDelta().stream())
              .map(delta -> delta.delta())
              .collect(Collectors.joining()));
      Response completed = events.get(events.size() - 1).asCompleted().response();
      assertEquals(text(whole), text(completed));
      assertEquals(
          whole.usage().orElseThrow().totalTokens(), completed.usage().orElseThrow().totalTokens());
      assertEquals(
          IntStream.range(0, events.size()).boxed().toList(),
          events.stream().map(OpenAiResponsesIT::number).toList());
    }
  }

  @Test
  void stream_cutOff_incomplete() {
    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(question().maxOutputTokens(1).build())) {
      List<ResponseStreamEvent> events = stream.stream().toList();
      Response last = events.get(events.size() - 1).asIncomplete().response();

      assertEquals(ResponseStatus.INCOMPLETE, last.status().orElseThrow());
      assertTrue(last.incompleteDetails().isPresent());
    }
  }

  @Test
  void create_schema_keptTo() {
    ResponseFormatTextJsonSchemaConfig.Schema schema =
        ResponseFormatTextJsonSchemaConfig.Schema.builder()
            .putAdditionalProperty("type", JsonValue.from("object"))
            .putAdditionalProperty(
                "properties", JsonValue.from(Map.of("code", Map.of("type", "integer"))))
            .putAdditionalProperty("required", JsonValue.from(List.of("code")))
            .build();
    Response response =
        client
            .responses()
            .create(
                question()
                    .maxOutputTokens(64)
                    .text(
                        ResponseTextConfig.builder()
                            .format(
                                ResponseFormatTextJsonSchemaConfig.builder()
                                    .name("code")
                                    .schema(schema)
                                    .build())
                            .build())
                    .build());

    response.validate();
    assertTrue(text(response).matches("(?s)\\{\\s*\"code\".*"), response::toString);
  }

  @Test
  void errors_whatIsNotKept_saidByField() {
    BadRequestException stored =
        assertThrows(
            BadRequestException.class,
            () -> client.responses().create(question().previousResponseId("resp_1").build()));
    assertEquals("previous_response_id", stored.param().orElseThrow());
    assertEquals(
        "temperature",
        assertThrows(
                BadRequestException.class,
                () -> client.responses().createStreaming(question().temperature(3).build()))
            .param()
            .orElseThrow());
    assertFalse(
        client
            .responses()
            .create(question().store(true).build())
            .toString()
            .contains("store=true"));
  }

  private static ResponseCreateParams.Builder question() {
    return ResponseCreateParams.builder()
        .model("default")
        .instructions(NOTES)
        .input(QUESTION)
        .temperature(0)
        .maxOutputTokens(16);
  }

  private static ResponseInputItem message(EasyInputMessage.Role role, String content) {
    return ResponseInputItem.ofEasyInputMessage(
        EasyInputMessage.builder().role(role).content(content).build());
  }

  private static String text(Response response) {
    return response.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .flatMap(content -> content.outputText().stream())
        .map(text -> text.text())
        .collect(Collectors.joining());
  }

  private static int number(ResponseStreamEvent event) {
    // its values' type is a raw one for Java
    Map<?, ?> fields = (Map<?, ?>) event._json().orElseThrow().asObject().orElseThrow();
    JsonValue number = (JsonValue) Objects.requireNonNull(fields.get("sequence_number"));
    return ((Number) number.asNumber().orElseThrow()).intValue();
  }
}
