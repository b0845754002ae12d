package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams.EncodingFormat;
import com.openai.models.models.Model;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenAI's own client asks for vectors. */
@ExtendWith(KvasirCluster.Shared.class)
final class OpenAiEmbeddingsIT {
  private static final String MODEL = "all-minilm-l6-v2";

  /** Of Sentence Transformers' documentation, with the cosines 0.6660 and 0.1046. */
  private static final List<String> TEXTS =
      List.of("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.");

  private final KvasirNode node;
  private final OpenAIClient client;

  OpenAiEmbeddingsIT(KvasirCluster cluster) throws IOException, InterruptedException {
    node = cluster.a();
    client = OpenAiClients.of(node);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void embeddings_texts_nearWhereMeaningsAre() {
    CreateEmbeddingResponse response = client.embeddings().create(texts(EncodingFormat.FLOAT));

    response.validate();
    assertEquals(MODEL, response.model());
    assertEquals(List.of(0L, 1L, 2L), response.data().stream().map(d -> d.index()).toList());
    assertTrue(response.usage().promptTokens() >= 12, response::toString);
    assertEquals(response.usage().promptTokens(), response.usage().totalTokens());
    List<Float> weather = vector(response, 0);
    assertEquals(384, weather.size());
    assertEquals(1, product(weather, weather), 1e-4);
    assertEquals(0.6660, product(weather, vector(response, 1)), 0.03);
    assertEquals(0.1046, product(weather, vector(response, 2)), 0.03);
  }

  @Test
  void embeddings_base64_sameVectors() {
    CreateEmbeddingResponse floats = client.embeddings().create(texts(EncodingFormat.FLOAT));
    CreateEmbeddingResponse base64 = client.embeddings().create(texts(EncodingFormat.BASE64));

    for (int i = 0; i < TEXTS.size(); i++) {
      assertEquals(vector(floats, i), vector(base64, i));
    }
  }

  @Test
  void embeddings_wrong_saidWhat() {
    BadRequestException tokens =
        assertThrows(
            BadRequestException.class,
            () ->
                client
                    .embeddings()
                    .create(
                        EmbeddingCreateParams.builder()
                            .model(MODEL)
                            .inputOfArrayOfTokens(List.of(1L, 2L))
                            .build()));
    assertTrue(String.valueOf(tokens.getMessage()).contains("token ids"), tokens::toString);
    assertThrows(
        NotFoundException.class,
        () ->
            client
                .embeddings()
                .create(EmbeddingCreateParams.builder().model("default").input("a").build()));
    OpenAIClient stranger = OpenAiClients.of(node, "sk-nobody");
    try {
      assertThrows(
          UnauthorizedException.class,
          () -> stranger.embeddings().create(texts(EncodingFormat.FLOAT)));
    } finally {
      stranger.close();
    }
  }

  @Test
  void models_retrieve_theEmbeddingModel() {
    Model model = client.models().retrieve(MODEL);

    model.validate();
    assertEquals(MODEL, model.id());
  }

  private static EmbeddingCreateParams texts(EncodingFormat format) {
    return EmbeddingCreateParams.builder()
        .model(MODEL)
        .inputOfArrayOfStrings(TEXTS)
        .encodingFormat(format)
        .build();
  }

  private static List<Float> vector(CreateEmbeddingResponse response, int index) {
    return response.data().get(index).embedding();
  }

  private static double product(List<Float> a, List<Float> b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.get(i) * b.get(i);
    }
    return sum;
  }
}
