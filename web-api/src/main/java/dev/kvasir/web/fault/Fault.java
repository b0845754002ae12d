package dev.kvasir.web.fault;

import dev.kvasir.web.openai.ErrorBody;
import org.jspecify.annotations.Nullable;

/**
 * The answer to something that went wrong.
 *
 * @param status of HTTP
 * @param body for the client
 * @param retryAfterSeconds when to come again; null if that would not help
 */
public record Fault(int status, ErrorBody body, @Nullable Integer retryAfterSeconds) {
  static Fault of(
      int status, String type, @Nullable String param, @Nullable String code, String message) {
    return new Fault(status, new ErrorBody(new ErrorBody.Detail(message, type, param, code)), null);
  }

  Fault retryAfter(int seconds) {
    return new Fault(status, body, seconds);
  }

  /** Whether the fault is ours, not the client's. */
  public boolean isServerError() {
    return status == 500;
  }
}
