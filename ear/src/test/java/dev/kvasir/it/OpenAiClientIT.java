package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionTokenLogprob;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionChoice;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.models.Model;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenAI's own client against a node; {@code validate()} is its check of every field's type. */
@ExtendWith(KvasirCluster.Shared.class)
final class OpenAiClientIT {
  private static final String NOTES =
      "Read the notes and answer the questions.\n"
          + "Paul lives in Oslo. Ida works as a baker. The code of Paul is 4821.";

  private final KvasirNode node;
  private final OpenAIClient client;

  OpenAiClientIT(KvasirCluster cluster) throws IOException, InterruptedException {
    node = cluster.a();
    client = client(node.tenantKey());
  }

  @BeforeEach
  void modelIsListed() {
    assertEquals(
        List.of("tiny", "all-minilm-l6-v2"),
        client.models().list().data().stream().map(Model::id).toList());
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void models_retrieve_byIdAndAlias() {
    Model model = client.models().retrieve("tiny");

    model.validate();
    assertEquals(model, client.models().retrieve("default"));
  }

  @Test
  void chat_question_answeredWithCounts() {
    ChatCompletion completion = client.chat().completions().create(question().build());

    completion.validate();
    assertTrue(text(completion).contains("4821"), completion::toString);
    assertEquals(
        ChatCompletion.Choice.FinishReason.STOP, completion.choices().get(0).finishReason());
    assertTrue(completion.usage().orElseThrow().promptTokens() > 0);
    assertTrue(completion._additionalProperties().containsKey("kvasir"));
  }

  @Test
  void chat_sameSeed_sameText() {
    ChatCompletionCreateParams warm = warm(4821).maxCompletionTokens(24).build();

    assertEquals(
        text(client.chat().completions().create(warm)),
        text(client.chat().completions().create(warm)));
  }

  @Test
  void chat_logprobsWithSeed_sameTwiceAndStreamed() {
    ChatCompletionCreateParams params =
        question()
            .temperature(1.5)
            .frequencyPenalty(0.5)
            .putAdditionalBodyProperty("seed", JsonValue.from(4821))
            .logprobs(true)
            .topLogprobs(3)
            .build();

    ChatCompletion first = client.chat().completions().create(params);
    ChatCompletion second = client.chat().completions().create(params);

    first.validate();
    List<ChatCompletionTokenLogprob> logprobs = logprobs(first);
    assertEquals(first.usage().orElseThrow().completionTokens(), logprobs.size());
    assertTrue(
        logprobs.stream().allMatch(token -> token.topLogprobs().size() == 3), first::toString);
    assertTrue(logprobs.get(0).topLogprobs().get(0).logprob() >= logprobs.get(0).logprob());
    assertEquals(logprobs, logprobs(second));
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      assertEquals(
          logprobs,
          stream.stream()
              .flatMap(chunk -> chunk.choices().stream())
              .flatMap(choice -> choice.logprobs().stream())
              .flatMap(part -> part.content().orElseThrow().stream())
              .toList());
    }
  }

  @Test
  void chat_severalChoices_thoseOfTheirSeeds() {
    ChatCompletion several =
        client.chat().completions().create(warm(4821).n(3).maxCompletionTokens(24).build());

    several.validate();
    List<String> texts = several.choices().stream().map(OpenAiClientIT::text).toList();
    long tokens = 0;
    for (int choice = 0; choice < 3; choice++) {
      ChatCompletion alone =
          client.chat().completions().create(warm(4821 + choice).maxCompletionTokens(24).build());
      assertEquals(text(alone), texts.get(choice), "choice " + choice);
      assertEquals(choice, several.choices().get(choice).index());
      tokens += alone.usage().orElseThrow().completionTokens();
    }
    assertEquals(tokens, several.usage().orElseThrow().completionTokens());
    assertEquals(texts, streamed(warm(4821).n(3).maxCompletionTokens(24).build(), 3));
  }

  private List<String> streamed(ChatCompletionCreateParams params, int choices) {
    List<StringBuilder> texts = Stream.generate(StringBuilder::new).limit(choices).toList();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      stream.stream()
          .flatMap(chunk -> chunk.choices().stream())
          .forEach(
              choice ->
                  texts
                      .get(Math.toIntExact(choice.index()))
                      .append(choice.delta().content().orElse("")));
    }
    return texts.stream().map(StringBuilder::toString).toList();
  }

  @Test
  void chat_logitBias_tokenForced() {
    ChatCompletion forced =
        client
            .chat()
            .completions()
            .create(question().logitBias(bias(300, 100)).maxCompletionTokens(3).build());

    assertTrue(text(forced).matches("(.+)\\1\\1"), forced::toString);
  }

  @Test
  void completions_logprobs_offsetsAndTop() {
    Completion completion =
        client
            .completions()
            .create(
                CompletionCreateParams.builder()
                    .model(CompletionCreateParams.Model.of("tiny"))
                    .prompt("The code of Paul is")
                    .temperature(0)
                    .maxTokens(4)
                    .logprobs(2)
                    .build());

    completion.validate();
    CompletionChoice choice = completion.choices().get(0);
    CompletionChoice.Logprobs logprobs = choice.logprobs().orElseThrow();
    List<String> tokens = logprobs.tokens().orElseThrow();
    assertEquals(completion.usage().orElseThrow().completionTokens(), tokens.size());
    assertEquals(0, logprobs.textOffset().orElseThrow().get(0));
    assertEquals(tokens.get(0).length(), logprobs.textOffset().orElseThrow().get(1));
    assertEquals(2, logprobs.topLogprobs().orElseThrow().get(0)._additionalProperties().size());
    assertTrue(choice.text().startsWith(tokens.get(0)), completion::toString);
  }

  @Test
  void stream_question_sameAsWhole() {
    ChatCompletion whole = client.chat().completions().create(question().build());
    ChatCompletionCreateParams withUsage =
        question()
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();

    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(withUsage)) {
      List<ChatCompletionChunk> chunks = stream.stream().toList();

      chunks.forEach(ChatCompletionChunk::validate);
      assertEquals(text(whole), text(chunks));
      ChatCompletionChunk last = chunks.get(chunks.size() - 1);
      assertEquals(
          whole.usage().orElseThrow().totalTokens(), last.usage().orElseThrow().totalTokens());
      assertTrue(last._additionalProperties().containsKey("kvasir"));
    }
  }

  @Test
  void completions_prompt_continued() {
    CompletionCreateParams params =
        CompletionCreateParams.builder()
            .model(CompletionCreateParams.Model.of("tiny"))
            .prompt("The code of Paul is")
            .temperature(0)
            .maxTokens(4)
            .build();

    Completion whole = client.completions().create(params);

    whole.validate();
    try (StreamResponse<Completion> stream = client.completions().createStreaming(params)) {
      assertEquals(
          whole.choices().get(0).text(),
          stream.stream()
              .flatMap(part -> part.choices().stream())
              .map(choice -> choice.text())
              .collect(Collectors.joining()));
    }
  }

  @Test
  void errors_badRequests_typed() {
    NotFoundException unknown =
        assertThrows(NotFoundException.class, () -> client.models().retrieve("gpt-4"));
    assertEquals("model_not_found", unknown.code().orElseThrow());
    BadRequestException hot =
        assertThrows(
            BadRequestException.class,
            () -> client.chat().completions().create(question().temperature(3).build()));
    assertEquals("temperature", hot.param().orElseThrow());
    assertThrows(
        BadRequestException.class,
        () -> client.chat().completions().createStreaming(question().temperature(3).build()));
    try (Closing stranger = new Closing(client("sk-nobody"))) {
      assertThrows(UnauthorizedException.class, () -> stranger.client.models().list());
    }
  }

  private OpenAIClient client(String key) {
    return OpenAiClients.of(node, key);
  }

  private static ChatCompletionCreateParams.Builder question() {
    return ChatCompletionCreateParams.builder()
        .model("default")
        .addSystemMessage(NOTES)
        .addUserMessage("What is the code of Paul?")
        .temperature(0)
        .maxCompletionTokens(16);
  }

  private static ChatCompletionCreateParams.Builder warm(int seed) {
    return question()
        .temperature(1.5)
        .topP(0.95)
        .putAdditionalBodyProperty("seed", JsonValue.from(seed));
  }

  private static ChatCompletionCreateParams.LogitBias bias(int token, int bias) {
    return ChatCompletionCreateParams.LogitBias.builder()
        .putAdditionalProperty(Integer.toString(token), JsonValue.from(bias))
        .build();
  }

  private static List<ChatCompletionTokenLogprob> logprobs(ChatCompletion completion) {
    return completion.choices().get(0).logprobs().orElseThrow().content().orElseThrow();
  }

  private static String text(ChatCompletion completion) {
    return text(completion.choices().get(0));
  }

  private static String text(ChatCompletion.Choice choice) {
    return choice.message().content().orElseThrow();
  }

  private static String text(List<ChatCompletionChunk> chunks) {
    return chunks.stream()
        .flatMap(chunk -> chunk.choices().stream())
        .flatMap(choice -> choice.delta().content().stream())
        .collect(Collectors.joining());
  }

  /** A client for a try statement. */
  private record Closing(OpenAIClient client) implements AutoCloseable {
    @Override
    public void close() {
      client.close();
    }
  }
}
