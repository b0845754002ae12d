package dev.kvasir.web.json;

import static dev.kvasir.web.FaultAssertions.assertFault;
import static dev.kvasir.web.FaultAssertions.faultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.kvasir.web.openai.ChatCompletion;
import dev.kvasir.web.openai.ChatCompletionChunk;
import dev.kvasir.web.openai.ChatCompletionRequest;
import dev.kvasir.web.openai.ChatLogprobs;
import dev.kvasir.web.openai.ErrorBody;
import dev.kvasir.web.openai.KvasirOptions;
import dev.kvasir.web.openai.KvasirReport;
import dev.kvasir.web.openai.KvasirRoute;
import dev.kvasir.web.openai.ModelCard;
import dev.kvasir.web.openai.ModelList;
import dev.kvasir.web.openai.StreamOptions;
import dev.kvasir.web.openai.TextCompletion;
import dev.kvasir.web.openai.TextCompletionRequest;
import dev.kvasir.web.openai.TextLogprobs;
import dev.kvasir.web.openai.Usage;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON-B with records, against bodies as OpenAI's clients send and expect them. */
final class WireJsonTest {
  @Test
  void read_fullChatRequest_everyField() {
    ChatCompletionRequest request =
        chat(
            """
            {
              "model": "tiny",
              "messages": [
                {"role": "developer", "content": "Be brief.", "name": "boss"},
                {"role": "user", "content": [{"type": "text", "text": "Hi"}]}
              ],
              "temperature": 0.7, "top_p": 0.9, "top_k": 40, "min_p": 0.05,
              "presence_penalty": 1, "frequency_penalty": -0.5,
              "logit_bias": {"50256": -100, "7": 2.5}, "logprobs": true, "top_logprobs": 3, "n": 2,
              "max_tokens": 5, "max_completion_tokens": 6,
              "stop": ["a", "b"], "seed": 9007199254740993,
              "ignore_eos": true, "response_format": {"type": "text"}, "stream": true, "stream_options": {"include_usage": true},
              "kvasir": {"cache": "off"},
              "user": "ada", "prompt_cache_key": "c7", "cache_salt": "pepper", "metadata": {"a": "b"}, "store": false,
              "service_tier": "auto", "parallel_tool_calls": true, "prediction": null
            }
            """);

    assertEquals("tiny", request.model());
    List<ChatCompletionRequest.Message> messages = Objects.requireNonNull(request.messages());
    assertEquals("developer", messages.get(0).role());
    assertEquals(Json.createValue("Be brief."), messages.get(0).content());
    assertEquals(
        "[{\"type\":\"text\",\"text\":\"Hi\"}]",
        Objects.requireNonNull(messages.get(1).content()).toString());
    assertEquals(0.7, request.temperature());
    assertEquals(0.9, request.topP());
    assertEquals(40, request.topK());
    assertEquals(0.05, request.minP());
    assertEquals(1.0, request.presencePenalty());
    assertEquals(-0.5, request.frequencyPenalty());
    assertEquals(Map.of("50256", -100.0, "7", 2.5), request.logitBias());
    assertEquals(true, request.logprobs());
    assertEquals(3, request.topLogprobs());
    assertEquals("{\"type\":\"text\"}", String.valueOf(request.responseFormat()));
    assertEquals(2, request.n());
    assertEquals(5, request.maxTokens());
    assertEquals(6, request.maxCompletionTokens());
    assertEquals("[\"a\",\"b\"]", Objects.requireNonNull(request.stop()).toString());
    assertEquals(9007199254740993L, request.seed());
    assertEquals(true, request.ignoreEos());
    assertEquals(true, request.stream());
    assertEquals(new StreamOptions(true), request.streamOptions());
    assertEquals(
        new KvasirOptions("off", null, null, null, null, null, null, null), request.kvasir());
    assertEquals("ada", request.user());
    assertEquals("c7", request.promptCacheKey());
    assertEquals("pepper", request.cacheSalt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"unknown\": {\"deep\": [1, {\"model\": 3}]}}",
        """
        {"model": null, "messages": null, "temperature": null, "top_p": null, "top_k": null,
         "max_tokens": null, "logit_bias": null, "logprobs": null, "stop": null, "seed": null, "stream": null, "stream_options": null,
         "kvasir": null}
        """
      })
  void read_missingNullUnknown_allNull(String body) {
    assertEquals(
        new ChatCompletionRequest(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null, null, null, null, null, null, null, null)
            .toString(),
        chat(body).toString());
  }

  @Test
  void read_integersAsClientsWriteThem_exact() {
    assertEquals(5, chat("{\"max_tokens\": 5.0}").maxTokens());
    assertEquals(100, chat("{\"max_tokens\": 1e2}").maxTokens());
    assertEquals(1.0, chat("{\"temperature\": 1}").temperature());
    assertEquals(-3L, chat("{\"seed\": -3}").seed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"model\": 3}                  | model               | a string      | the number 3",
        "{\"model\": [\"tiny\"]}         | model               | a string      | an array",
        "{\"messages\": \"hi\"}          | messages            | an array      | a string",
        "{\"messages\": {}}              | messages            | an array      | an object",
        "{\"messages\": [null]}          | messages[0]         | an object     | null",
        "{\"messages\": [{}, 3]}         | messages[1]         | an object     | the number 3",
        "{\"messages\": [{\"role\": 1}]} | messages[0].role    | a string      | the number 1",
        "{\"temperature\": \"0.5\"}      | temperature         | a number      | a string",
        "{\"temperature\": {}}           | temperature         | a number      | an object",
        "{\"top_p\": true}               | top_p               | a number      | a boolean",
        "{\"max_tokens\": 1.5}           | max_tokens          | an integer    | the number 1.5",
        "{\"max_tokens\": 99999999999}   | max_tokens          | an integer    | 99999999999",
        "{\"max_tokens\": 1e999999999}   | max_tokens          | an integer    | 1E+999999999",
        "{\"max_tokens\": \"5\"}         | max_tokens          | an integer    | a string",
        "{\"seed\": 9223372036854775808} | seed                | of 64 bits    | 9223372036854775808",
        "{\"logprobs\": 3}               | logprobs            | a boolean     | the number 3",
        "{\"top_logprobs\": true}        | top_logprobs        | an integer    | a boolean",
        "{\"logit_bias\": [[5, 1]]}      | logit_bias          | an object     | an array",
        "{\"logit_bias\": {\"5\": \"1\"}}  | logit_bias          | a number      | a string",
        "{\"logit_bias\": {\"5\": null}} | logit_bias          | a number      | null",
        "{\"stream\": \"yes\"}           | stream              | a boolean     | a string",
        "{\"stream\": 1}                 | stream              | a boolean     | the number 1",
        "{\"stream_options\": true}      | stream_options      | an object     | a boolean",
        "{\"stream_options\": {\"include_usage\": 1}} | stream_options.include_usage | a boolean | 1",
        "{\"kvasir\": \"off\"}           | kvasir              | an object     | a string",
        "{\"kvasir\": {\"cache\": false}} | kvasir.cache       | a string      | a boolean"
      })
  void read_wrongType_namesFieldExpectedActual(
      String body, String param, String expected, String actual) {
    assertFault(faultOf(() -> chat(body)), param, "invalid_type", param, expected, actual);
  }

  @Test
  void read_textRequest_everyField() {
    TextCompletionRequest request =
        WireJson.read(
            tree(
                """
                {"model": "default", "prompt": ["Once"], "max_tokens": 7, "temperature": 0,
                 "top_p": 1, "top_k": 0, "logprobs": 5, "logit_bias": {}, "seed": 1, "stop": "x", "ignore_eos": false,
                 "stream": false, "stream_options": {}, "kvasir": {}, "best_of": 1}
                """),
            TextCompletionRequest.class);

    assertEquals("default", request.model());
    assertEquals("[\"Once\"]", Objects.requireNonNull(request.prompt()).toString());
    assertEquals(7, request.maxTokens());
    assertEquals(5, request.logprobs());
    assertEquals(Map.of(), request.logitBias());
    assertEquals(new StreamOptions(null), request.streamOptions());
    assertNull(Objects.requireNonNull(request.kvasir()).cache());
  }

  @Test
  void write_chatCompletion_asOpenAi() {
    assertEquals(
        "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"tiny\","
            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\","
            + "\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":1}},"
            + "\"kvasir\":{\"pool\":1,\"near\":0,\"local\":0,\"remote\":0,\"disk\":0,\"computed\":2,"
            + "\"miss_reason\":\"none\",\"lookup_ms\":0.5,\"load_ms\":0.0,\"prefill_ms\":9.0,"
            + "\"node\":\"a\",\"gaps\":[],\"load_estimate_ms\":2.5,"
            + "\"route\":{\"node\":\"b\",\"blocks\":9,\"key\":\"ab\"},\"request_id\":\"r-1\"}}",
        WireJson.write(
            new ChatCompletion(
                "chatcmpl-1",
                "chat.completion",
                1,
                "tiny",
                List.of(
                    new ChatCompletion.Choice(
                        0,
                        new ChatCompletion.Message("assistant", "Hi", null, null),
                        null,
                        "stop")),
                new Usage(3, 2, 5, new Usage.PromptTokensDetails(1)),
                new KvasirReport(
                    1,
                    0,
                    0,
                    0,
                    0,
                    2,
                    "none",
                    0.5,
                    0,
                    9,
                    "a",
                    List.of(),
                    2.5,
                    null,
                    new KvasirRoute("b", 9, "ab"),
                    "r-1",
                    null))));
  }

  @Test
  void write_chunk_absentPartsLeftOutFinishReasonNull() {
    assertEquals(
        "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"tiny\","
            + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"H\"},\"logprobs\":null,"
            + "\"finish_reason\":null}]}",
        WireJson.write(
            new ChatCompletionChunk(
                "c",
                "chat.completion.chunk",
                1,
                "tiny",
                List.of(
                    new ChatCompletionChunk.Choice(
                        0, new ChatCompletionChunk.Delta(null, "H", null), null, null)),
                null,
                null)));
  }

  @Test
  void write_chatLogprobs_asOpenAi() {
    assertEquals(
        "{\"content\":[{\"token\":\" \u00e9\",\"logprob\":-0.25,\"bytes\":[32,195,169],"
            + "\"top_logprobs\":[{\"token\":\"\uFFFD\",\"logprob\":-1.5,\"bytes\":[195]}]},"
            + "{\"token\":\"\",\"logprob\":-9999.0,\"bytes\":null,\"top_logprobs\":[]}],"
            + "\"refusal\":null}",
        WireJson.write(
            new ChatLogprobs(
                List.of(
                    new ChatLogprobs.Token(
                        " \u00e9",
                        -0.25,
                        List.of(32, 195, 169),
                        List.of(new ChatLogprobs.TopToken("\uFFFD", -1.5, List.of(195)))),
                    new ChatLogprobs.Token("", -9999, null, List.of())),
                null)));
  }

  @Test
  void write_textLogprobs_asOpenAi() {
    assertEquals(
        "{\"tokens\":[\"a\",\"b\"],\"token_logprobs\":[-0.5,-1.0],"
            + "\"top_logprobs\":[{\"a\":-0.5},{\"c_D\":-0.25,\"b\":-1.0}],"
            + "\"text_offset\":[0,1]}",
        WireJson.write(
            new TextLogprobs(
                List.of("a", "b"),
                List.of(-0.5, -1.0),
                List.of(Map.of("a", -0.5), likely()),
                List.of(0, 1))));
  }

  /** In the order of likelihood. */
  private static Map<String, Double> likely() {
    Map<String, Double> likely = new LinkedHashMap<>();
    likely.put("c_D", -0.25);
    likely.put("b", -1.0);
    return likely;
  }

  @Test
  void write_textCompletionModelsError_asOpenAi() {
    assertEquals(
        "{\"id\":\"c\",\"object\":\"text_completion\",\"created\":1,\"model\":\"tiny\","
            + "\"choices\":[{\"index\":0,\"text\":\"x\",\"logprobs\":null,"
            + "\"finish_reason\":\"length\"}]}",
        WireJson.write(
            new TextCompletion(
                "c",
                "text_completion",
                1,
                "tiny",
                List.of(new TextCompletion.Choice(0, "x", null, "length")),
                null,
                null)));
    assertEquals(
        "{\"object\":\"list\",\"data\":[{\"id\":\"tiny\",\"object\":\"model\",\"created\":1,"
            + "\"owned_by\":\"kvasir\"}]}",
        WireJson.write(
            new ModelList("list", List.of(new ModelCard("tiny", "model", 1, "kvasir")))));
    assertEquals(
        "{\"error\":{\"message\":\"m\",\"type\":\"t\",\"param\":null,\"code\":null}}",
        WireJson.write(new ErrorBody(new ErrorBody.Detail("m", "t", null, null))));
  }

  @Test
  void write_awkwardText_readsBack() {
    String text = "tab\t nul\0 quote\" back\\ line\n \u2028 \u00e9 \ud83d\ude00";

    String json = WireJson.write(new ChatCompletion.Message("assistant", text, null, null));

    assertEquals(text, tree(json).getString("content"));
  }

  private static ChatCompletionRequest chat(String body) {
    return WireJson.read(tree(body), ChatCompletionRequest.class);
  }

  private static JsonObject tree(String json) {
    return Json.createReader(new StringReader(json)).readObject();
  }
}
