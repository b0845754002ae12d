package dev.kvasir.web.json;

import static dev.kvasir.web.FaultAssertions.faultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonBodyReaderTest {
  private static final int LIMIT_BYTES = 16;

  @Test
  void readFrom_withinLimit_parsed() throws IOException {
    assertEquals("b", read("{\"a\": \"b\"}", "10").tree().getString("a"));
    assertEquals("b", read("{\"a\": \"b\"}", null).tree().getString("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "9223372036854775807", "99999999999999999999"})
  void readFrom_announcedTooLarge_refusedUnread(String length) {
    assertEquals("request_too_large", faultOf(() -> read("", length)).code());
  }

  @Test
  void readFrom_largerThanAnnounced_refused() {
    assertEquals("request_too_large", faultOf(() -> read("{\"a\": \"bcdefghijk\"}", "3")).code());
  }

  private static JsonBody read(String body, @Nullable String length) throws IOException {
    JsonBodyReader reader = new JsonBodyReader();
    reader.limit(LIMIT_BYTES, 60);
    MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
    if (length != null) {
      headers.putSingle(HttpHeaders.CONTENT_LENGTH, length);
    }
    InputStream bytes = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    return reader.readFrom(
        JsonBody.class,
        JsonBody.class,
        new Annotation[0],
        MediaType.APPLICATION_JSON_TYPE,
        headers,
        bytes);
  }
}
