package dev.kvasir.web.completion;

import dev.kvasir.web.openai.StreamOptions;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;

/** What a request wants of a stream, and the response that carries it. */
final class StreamWish {
  private StreamWish() {}

  static boolean includesUsage(@Nullable StreamOptions options) {
    return options != null && Boolean.TRUE.equals(options.includeUsage());
  }

  static Response response(StreamingOutput stream) {
    return Response.ok(stream, MediaType.SERVER_SENT_EVENTS_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header("X-Accel-Buffering", "no")
        .build();
  }
}
