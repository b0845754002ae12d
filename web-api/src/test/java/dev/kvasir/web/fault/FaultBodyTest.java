package dev.kvasir.web.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.web.json.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultBodyTest {
  private static final Fault FAULT = FaultTable.of(RequestFault.invalid("limit", "limit is 0."));
  private static final String ERROR =
      "{\"message\":\"limit is 0.\",\"type\":\"invalid_request_error\","
          + "\"param\":\"limit\",\"code\":\"invalid_value\"}";

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/v1/models", "/v1/chat/completions", "/tokenize", "/detokenize"})
  void of_openAisPaths_openAisBody(String path) {
    FaultBody body = FaultBody.of(FAULT, path);

    assertEquals("application/json", body.mediaType());
    assertEquals("{\"error\":" + ERROR + "}", WireJson.write(body.wire()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/cache/blocks", "/v10", "/tokenizer", "/", ""})
  void of_otherPaths_problemWithTheSameError(String path) {
    FaultBody body = FaultBody.of(FAULT, path);

    assertEquals("application/problem+json", body.mediaType());
    assertEquals(
        "{\"type\":\"urn:kvasir:problem:invalid_value\",\"title\":\"Bad Request\","
            + "\"status\":400,\"detail\":\"limit is 0.\",\"instance\":\"%s\",\"error\":%s}"
                .formatted(path, ERROR),
        WireJson.write(body.wire()));
  }

  @Test
  void of_statusWithoutName_stillAProblem() {
    Fault left = FaultTable.of(RequestFault.clientLeft());

    assertEquals("application/problem+json", FaultBody.of(left, "/api").mediaType());
  }
}
