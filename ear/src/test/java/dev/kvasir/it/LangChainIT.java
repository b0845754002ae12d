package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** LangChain4j's client against a node, whole and streamed. */
@ExtendWith(KvasirCluster.Shared.class)
final class LangChainIT {
  private static final int MAX_TOKENS = 16;
  private static final List<ChatMessage> QUESTION =
      List.of(
          SystemMessage.from("Paul lives in Oslo. Ida works as a baker. The code of Paul is 4821."),
          UserMessage.from("What is the code of Paul?"));

  private final KvasirNode node;

  LangChainIT(KvasirCluster cluster) throws IOException, InterruptedException {
    node = cluster.a();
  }

  @Test
  void chat_question_wholeAndStreamedAlike() throws Exception {
    ChatResponse whole =
        OpenAiChatModel.builder()
            .baseUrl(node.uri("/v1").toString())
            .apiKey(node.tenantKey())
            .modelName("default")
            .temperature(0.0)
            .maxCompletionTokens(MAX_TOKENS)
            .maxRetries(0)
            .build()
            .chat(QUESTION);
    CompletableFuture<ChatResponse> streamed = new CompletableFuture<>();
    StringBuilder pieces = new StringBuilder();
    OpenAiStreamingChatModel.builder()
        .baseUrl(node.uri("/v1").toString())
        .apiKey(node.tenantKey())
        .modelName("default")
        .temperature(0.0)
        .maxCompletionTokens(MAX_TOKENS)
        .build()
        .chat(QUESTION, collecting(pieces, streamed));

    String text = whole.aiMessage().text();
    assertTrue(text.contains("4821"), text);
    assertTrue(whole.tokenUsage().inputTokenCount() > 0);
    assertEquals(text, streamed.get(60, TimeUnit.SECONDS).aiMessage().text());
    assertEquals(text, pieces.toString());
  }

  private static StreamingChatResponseHandler collecting(
      StringBuilder pieces, CompletableFuture<ChatResponse> end) {
    return new StreamingChatResponseHandler() {
      @Override
      public void onPartialResponse(String piece) {
        pieces.append(piece);
      }

      @Override
      public void onCompleteResponse(ChatResponse response) {
        end.complete(response);
      }

      @Override
      public void onError(Throwable failure) {
        end.completeExceptionally(failure);
      }
    };
  }
}
