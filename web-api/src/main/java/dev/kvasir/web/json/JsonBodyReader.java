package dev.kvasir.web.json;

import dev.kvasir.cache.Ticker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Reads each body that a resource takes, up to a configured size. */
@Provider
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
public class JsonBodyReader implements MessageBodyReader<JsonBody> {
  private int maxBodyBytes;
  private int maxBodySeconds;

  /** Sets the size in bytes of the largest body, and the time that it may take to come. */
  @Inject
  void limit(
      @ConfigProperty(name = "kvasir.http.max.body.bytes", defaultValue = "8388608")
          int maxBodyBytes,
      @ConfigProperty(name = "kvasir.http.body.seconds", defaultValue = "60") int maxBodySeconds) {
    this.maxBodySeconds = maxBodySeconds;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == JsonBody.class;
  }

  @Override
  public JsonBody readFrom(
      Class<JsonBody> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    if (isTooLarge(headers.getFirst(HttpHeaders.CONTENT_LENGTH))) {
      throw JsonText.tooLarge(maxBodyBytes);
    }
    return new JsonBody(
        JsonText.parse(new PatientStream(body, maxBodySeconds, Ticker.system()), maxBodyBytes));
  }

  private boolean isTooLarge(@Nullable String length) {
    if (length == null) {
      return false;
    }
    try {
      return Long.parseLong(length) > maxBodyBytes;
    } catch (NumberFormatException beyondLong) {
      return true;
    }
  }
}
