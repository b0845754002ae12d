package dev.kvasir.web.fault;

import dev.kvasir.web.openai.ErrorBody;
import dev.kvasir.web.openai.Problem;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How a fault is told at a path.
 *
 * @param mediaType of its text
 * @param wire the record, for JSON-B
 */
public record FaultBody(String mediaType, Record wire) {
  /** Paths whose clients are OpenAI's and vLLM's. */
  private static final Pattern OPENAI = Pattern.compile("/(v1(/.*)?|tokenize|detokenize)");

  private static final String PROBLEM_JSON = "application/problem+json";

  /**
   * The form of a path.
   *
   * @param path of the request, from the server's root on
   */
  public static FaultBody of(Fault fault, String path) {
    return OPENAI.matcher(path).matches()
        ? new FaultBody("application/json", fault.body())
        : new FaultBody(PROBLEM_JSON, problem(fault, path));
  }

  private static Problem problem(Fault fault, String path) {
    ErrorBody.Detail error = fault.body().error();
    Response.Status status = Response.Status.fromStatusCode(fault.status());
    return new Problem(
        "urn:kvasir:problem:" + Objects.requireNonNullElse(error.code(), "other"),
        status == null ? "Error" : status.getReasonPhrase(),
        fault.status(),
        error.message(),
        path,
        error);
  }
}
