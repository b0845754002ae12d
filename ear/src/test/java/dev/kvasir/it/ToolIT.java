package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import jakarta.json.Json;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A conversation with a tool, by OpenAI's client, with a template that shows tools. */
@Tag("long")
final class ToolIT {
  private static final String TEMPLATE =
      "{% if tools %}<|im_start|>system\n{% for tool in tools %}{{ tool | tojson }}\n{% endfor %}"
          + "<|im_end|>\n{% endif %}{% for message in messages %}<|im_start|>{{ message.role }}\n"
          + "{{ message.content }}{% for call in message.tool_calls %}"
          + "{{ call.function.arguments | tojson }}{% endfor %}<|im_end|>\n{% endfor %}"
          + "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

  @TempDir Path data;

  @Test
  void chat_requiredTool_calledAnsweredAndStreamed() throws Exception {
    try (KvasirNode node = KvasirNode.start(data, "tools", "--model", model().toString())) {
      OpenAIClient client = client(node);
      try {
        callAndAnswer(client);
        streamed(client);
        refused(client);
      } finally {
        client.close();
      }
    }
  }

  private static void callAndAnswer(OpenAIClient client) {
    ChatCompletionCreateParams.Builder question = question();
    ChatCompletion asked = client.chat().completions().create(question.build());

    asked.validate();
    ChatCompletion.Choice choice = asked.choices().get(0);
    assertEquals(ChatCompletion.Choice.FinishReason.TOOL_CALLS, choice.finishReason());
    ChatCompletionMessageFunctionToolCall call =
        choice.message().toolCalls().orElseThrow().get(0).asFunction();
    assertEquals("code_of", call.function().name());
    assertTrue(
        List.of("Paul", "Ida")
            .contains(
                Json.createReader(new StringReader(call.function().arguments()))
                    .readObject()
                    .getString("name")));

    ChatCompletion answered =
        client
            .chat()
            .completions()
            .create(
                question
                    .addMessage(choice.message())
                    .addMessage(
                        ChatCompletionToolMessageParam.builder()
                            .toolCallId(call.id())
                            .content("4821")
                            .build())
                    .toolChoice(ChatCompletionToolChoiceOption.Auto.AUTO)
                    .build());
    answered.validate();
    assertTrue(
        answered.usage().orElseThrow().promptTokens() > asked.usage().orElseThrow().promptTokens());
  }

  private static void streamed(OpenAIClient client) {
    ChatCompletion whole = client.chat().completions().create(question().build());
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(question().build())) {
      stream.stream().forEach(accumulator::accumulate);
    }
    assertEquals(
        arguments(whole), arguments(accumulator.chatCompletion()), "streamed and whole alike");
  }

  private static String arguments(ChatCompletion completion) {
    return completion
        .choices()
        .get(0)
        .message()
        .toolCalls()
        .orElseThrow()
        .get(0)
        .asFunction()
        .function()
        .arguments();
  }

  private static void refused(OpenAIClient client) {
    BadRequestException refusal =
        assertThrows(
            BadRequestException.class,
            () ->
                client
                    .chat()
                    .completions()
                    .create(
                        question()
                            .tools(List.of())
                            .addTool(tool(Map.of("not", Map.of())))
                            .build()));
    assertEquals("tools", refusal.param().orElseThrow());
    String message = String.valueOf(refusal.getMessage());
    assertFalse(message.contains("response_format"), message);
  }

  private static ChatCompletionCreateParams.Builder question() {
    return ChatCompletionCreateParams.builder()
        .model("default")
        .addUserMessage("What is the code of Paul?")
        .addTool(
            tool(
                Map.of(
                    "type",
                    "object",
                    "properties",
                    Map.of("name", Map.of("enum", List.of("Paul", "Ida"))),
                    "required",
                    List.of("name"))))
        .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
        .temperature(0)
        .maxCompletionTokens(400); // a model without training for tools may write blanks first
  }

  private static ChatCompletionFunctionTool tool(Map<String, ?> schema) {
    FunctionParameters.Builder parameters = FunctionParameters.builder();
    schema.forEach((name, value) -> parameters.putAdditionalProperty(name, JsonValue.from(value)));
    return ChatCompletionFunctionTool.builder()
        .function(
            FunctionDefinition.builder().name("code_of").parameters(parameters.build()).build())
        .build();
  }

  private Path model() throws Exception {
    Path tiny = Path.of(System.getProperty("kvasir.root", ".."), "models/tiny");
    Path folder = Files.createDirectories(data.resolve("tools-model"));
    for (String file : new String[] {"tokenizer.json", "config.json", "model.safetensors"}) {
      Files.copy(tiny.resolve(file), folder.resolve(file));
    }
    String config = Files.readString(tiny.resolve("tokenizer_config.json"));
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        Json.createObjectBuilder(Json.createReader(new StringReader(config)).readObject())
            .add("chat_template", TEMPLATE)
            .build()
            .toString());
    return folder;
  }

  private static OpenAIClient client(KvasirNode node) {
    return OpenAiClients.of(node);
  }
}
