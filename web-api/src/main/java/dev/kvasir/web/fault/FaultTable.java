package dev.kvasir.web.fault;

import dev.kvasir.cache.CacheUnavailableException;
import dev.kvasir.cache.tenants.TenantRefusedException;
import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.completion.CompletionRefusedException;
import dev.kvasir.completion.ContextLengthExceededException;
import dev.kvasir.completion.FormatRefusedException;
import dev.kvasir.completion.NoDecodeSlotException;
import dev.kvasir.completion.PassageRefusedException;
import jakarta.ejb.EJBException;
import jakarta.ws.rs.WebApplicationException;

/** The one table from exception to answer. */
public final class FaultTable {
  private static final String INVALID_REQUEST = "invalid_request_error";
  private static final String SERVER_ERROR = "server_error";

  /** A node tries to reach its grid about as often. */
  private static final int GRID_RETRY_SECONDS = 2;

  private FaultTable() {}

  /** The answer to a failure. */
  public static Fault of(Throwable failure) {
    if (failure instanceof RequestFault fault) {
      return ofRequest(fault);
    }
    if (failure instanceof StaleFault stale) {
      return Fault.of(412, INVALID_REQUEST, null, stale.code(), message(stale));
    }
    if (failure instanceof ContextLengthExceededException) {
      return Fault.of(400, INVALID_REQUEST, null, "context_length_exceeded", message(failure));
    }
    if (failure instanceof FormatRefusedException) {
      return Fault.of(
          400, INVALID_REQUEST, "response_format", "unsupported_parameter", message(failure));
    }
    if (failure instanceof PassageRefusedException) {
      return Fault.of(400, INVALID_REQUEST, "kvasir.passages", "invalid_value", message(failure));
    }
    if (failure instanceof CompletionRefusedException) {
      return Fault.of(400, INVALID_REQUEST, null, "prompt_refused", message(failure));
    }
    if (failure instanceof NoDecodeSlotException busy) {
      String remedy = "; send the request again after the seconds that Retry-After says";
      return Fault.of(503, SERVER_ERROR, null, "no_decode_slot", message(busy) + remedy)
          .retryAfter(busy.retryAfterSeconds());
    }
    if (failure instanceof CompletionFailedException) {
      return Fault.of(500, SERVER_ERROR, null, "completion_failed", message(failure));
    }
    if (failure instanceof CacheUnavailableException) {
      return Fault.of(503, SERVER_ERROR, null, "grid_unavailable", message(failure))
          .retryAfter(GRID_RETRY_SECONDS);
    }
    if (failure instanceof TenantRefusedException refusal) {
      return ofTenant(refusal);
    }
    if (failure instanceof WebApplicationException refusal) {
      return ofStatus(refusal.getResponse().getStatus());
    }
    if (failure instanceof EJBException wrapper && wrapper.getCause() != null) {
      return of(wrapper.getCause());
    }
    return ofStatus(500);
  }

  private static Fault ofRequest(RequestFault fault) {
    String type = fault.status() == 429 ? "rate_limit_error" : INVALID_REQUEST;
    Fault answer = Fault.of(fault.status(), type, fault.param(), fault.code(), message(fault));
    return fault.retryAfterSeconds() == 0 ? answer : answer.retryAfter(fault.retryAfterSeconds());
  }

  private static Fault ofTenant(TenantRefusedException refusal) {
    String message = message(refusal);
    return switch (refusal.reason()) {
      case INVALID -> Fault.of(400, INVALID_REQUEST, refusal.field(), "invalid_value", message);
      case UNKNOWN -> Fault.of(404, INVALID_REQUEST, null, "not_found", message);
      case CONFLICT -> Fault.of(409, INVALID_REQUEST, null, "conflict", message);
    };
  }

  /** The answer where only the status is known, as the container gives it. */
  public static Fault ofStatus(int status) {
    return switch (status) {
      case 400 -> Fault.of(400, INVALID_REQUEST, null, "bad_request", "The request is malformed.");
      case 401 ->
          Fault.of(
              401,
              INVALID_REQUEST,
              null,
              "invalid_credentials",
              "This needs an administrator's user name and password (HTTP basic), or to read an operator's key (Authorization: Bearer KEY).");
      case 403 ->
          Fault.of(
              403,
              INVALID_REQUEST,
              null,
              "not_allowed",
              "This needs another role: admin for /api (operator to read), app for /v1.");
      case 404 ->
          Fault.of(
              404,
              INVALID_REQUEST,
              null,
              "not_found",
              "There is nothing at this path; /openapi lists what there is.");
      case 405 ->
          Fault.of(
              405,
              INVALID_REQUEST,
              null,
              "method_not_allowed",
              "This path does not take this method; the Allow header lists those it takes.");
      case 406 ->
          Fault.of(
              406,
              INVALID_REQUEST,
              null,
              "not_acceptable",
              "The answer is application/json or text/event-stream, but Accept allows neither.");
      case 413 ->
          Fault.of(413, INVALID_REQUEST, null, "request_too_large", "The body is too large.");
      case 415 ->
          Fault.of(
              415,
              INVALID_REQUEST,
              null,
              "unsupported_media_type",
              "The body must be JSON: send the header Content-Type: application/json.");
      default ->
          status >= 400 && status < 500
              ? Fault.of(status, INVALID_REQUEST, null, null, "The request cannot be served.")
              : Fault.of(
                  status >= 500 ? status : 500,
                  SERVER_ERROR,
                  null,
                  "internal_error",
                  "The server failed; its log says why. The request may be sent again.");
    };
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
