package dev.kvasir.web.fault;

import org.jspecify.annotations.Nullable;

/** A request that cannot be served as it is, with everything that its answer needs. */
public final class RequestFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable String param;
  private final @Nullable String code;
  private final int retryAfterSeconds;

  private RequestFault(int status, @Nullable String param, @Nullable String code, String message) {
    this(status, param, code, message, 0);
  }

  private RequestFault(
      int status,
      @Nullable String param,
      @Nullable String code,
      String message,
      int retryAfterSeconds) {
    super(message);
    this.status = status;
    this.param = param;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** A field with a value that is not allowed: 400. */
  public static RequestFault invalid(String param, String message) {
    return new RequestFault(400, param, "invalid_value", message);
  }

  /** A field of another type than it must have: 400. */
  public static RequestFault wrongType(String param, String message) {
    return new RequestFault(400, param, "invalid_type", message);
  }

  /** A field that must be there: 400. */
  public static RequestFault missing(String param, String message) {
    return new RequestFault(400, param, "missing_required_parameter", message);
  }

  /** A field that this server does not act on: 400. */
  public static RequestFault unsupported(String param, String message) {
    return new RequestFault(400, param, "unsupported_parameter", message);
  }

  /** A body that is not what it should be as a whole: 400. */
  public static RequestFault malformed(String message) {
    return new RequestFault(400, null, "invalid_json", message);
  }

  /** A prompt or an answer that the context cannot hold: 400. */
  public static RequestFault tooLong(String param, String message) {
    return new RequestFault(400, param, "context_length_exceeded", message);
  }

  /** A key that is nobody's: 401. */
  public static RequestFault unknownKey(String message) {
    return new RequestFault(401, null, "invalid_api_key", message);
  }

  /** A caller who is known, and may not: 403. */
  public static RequestFault notAllowed(String message) {
    return new RequestFault(403, null, "not_allowed", message);
  }

  /** What must not come in clear: 403. */
  public static RequestFault plain(String message) {
    return new RequestFault(403, null, "https_required", message);
  }

  /** A model that is not served here: 404. */
  public static RequestFault unknownModel(String message) {
    return new RequestFault(404, "model", "model_not_found", message);
  }

  /** Something named in the path that does not exist: 404. */
  public static RequestFault notFound(String message) {
    return new RequestFault(404, null, "not_found", message);
  }

  /** A change that the state of things forbids: 409. */
  public static RequestFault conflict(String message) {
    return new RequestFault(409, null, "conflict", message);
  }

  /** A key of a request that is on its way: 409. */
  public static RequestFault keyInUse(String message) {
    return new RequestFault(409, "Idempotency-Key", "idempotency_key_in_use", message);
  }

  /** A key that another request had: 422. */
  public static RequestFault keyReused(String message) {
    return new RequestFault(422, "Idempotency-Key", "idempotency_key_reused", message);
  }

  /** A body over the limit: 413. */
  public static RequestFault tooLarge(String message) {
    return new RequestFault(413, null, "request_too_large", message);
  }

  /** A body that does not come: 408. */
  public static RequestFault tooSlow(String message) {
    return new RequestFault(408, null, "request_timeout", message);
  }

  /** More than is allowed in a time: 429, with the seconds after which it is allowed again. */
  public static RequestFault tooMany(String code, String message, int retryAfterSeconds) {
    return new RequestFault(429, null, code, message, retryAfterSeconds);
  }

  /** A client that did not wait: 499, nginx's status for it, should it listen after all. */
  public static RequestFault clientLeft() {
    return new RequestFault(
        499,
        null,
        "client_left",
        "The client closed its side of the connection before the answer was whole; keep it open.");
  }

  /** When to come again, in seconds; 0 if that would not help. */
  int retryAfterSeconds() {
    return retryAfterSeconds;
  }

  int status() {
    return status;
  }

  @Nullable String param() {
    return param;
  }

  @Nullable String code() {
    return code;
  }
}
