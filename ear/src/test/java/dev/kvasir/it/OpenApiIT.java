package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The document at /openapi: valid, and it says of each operation what clients must know. */
@ExtendWith(KvasirCluster.Shared.class)
final class OpenApiIT {
  private final ApiDocument document;

  OpenApiIT(KvasirCluster cluster) throws IOException, InterruptedException {
    document = ApiDocument.of(cluster.a());
  }

  @Test
  void document_parsed_valid() {
    assertEquals(Set.of(), Set.copyOf(document.faults()));
    assertTrue(
        document.calls().stream()
            .map(ApiDocument.Call::path)
            .collect(Collectors.toSet())
            .containsAll(
                Set.of(
                    "/v1/models",
                    "/v1/models/{id}",
                    "/v1/chat/completions",
                    "/v1/completions",
                    "/v1/responses",
                    "/v1/embeddings",
                    "/tokenize",
                    "/detokenize",
                    "/api/cache/policy",
                    "/api/cache/blocks",
                    "/api/cache/pins/{hash}")));
  }

  @Test
  void operations_each_summaryAnswerErrorsAndCaller() {
    for (ApiDocument.Call call : document.calls()) {
      String about = call.toString();
      assertNotNull(call.operation().getSummary(), about);
      assertFalse(call.operation().getSecurity().isEmpty(), about);
      if (!call.operation().getResponses().containsKey("204")) { // that has no body
        assertDescribed(about + " success", success(call));
      }
      for (String status : Set.of("401", "500")) {
        assertDescribed(about + " " + status, call.operation().getResponses().get(status));
      }
      if (call.operation().getRequestBody() != null) {
        Schema<?> body = call.bodySchema();
        assertNotNull(body, about);
        assertFalse(body.getProperties().isEmpty(), about);
        assertDescribed(about + " 400", call.operation().getResponses().get("400"));
      }
    }
  }

  private static @Nullable ApiResponse success(ApiDocument.Call call) {
    return call.operation().getResponses().entrySet().stream()
        .filter(answer -> answer.getKey().startsWith("2"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static void assertDescribed(String about, @Nullable ApiResponse response) {
    assertNotNull(response, about);
    assertNotNull(response.getContent(), about);
    response
        .getContent()
        .forEach(
            (type, media) -> {
              if (!type.equals("text/csv")) {
                assertNotNull(media.getSchema(), about + " " + type);
              }
            });
  }
}
