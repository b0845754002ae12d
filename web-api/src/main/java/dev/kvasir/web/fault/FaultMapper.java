package dev.kvasir.web.fault;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers every failure that reaches JAX-RS as {@link FaultTable} says. */
@Provider
public class FaultMapper implements ExceptionMapper<Throwable> {
  private static final System.Logger LOG = System.getLogger(FaultMapper.class.getName());

  @Override
  public Response toResponse(Throwable failure) {
    Fault fault = FaultTable.of(failure);
    if (fault.isServerError()) {
      LOG.log(System.Logger.Level.ERROR, "KVASIR4001: a request failed", failure);
    }
    Response.ResponseBuilder answer =
        Response.status(fault.status()).type(MediaType.APPLICATION_JSON_TYPE).entity(fault.body());
    Integer retryAfterSeconds = fault.retryAfterSeconds();
    if (retryAfterSeconds != null) {
      answer.header(HttpHeaders.RETRY_AFTER, retryAfterSeconds);
    }
    if (failure instanceof WebApplicationException refusal) {
      copyHeader(HttpHeaders.ALLOW, refusal, answer);
      copyHeader(HttpHeaders.WWW_AUTHENTICATE, refusal, answer);
    }
    return answer.build();
  }

  private static void copyHeader(
      String name, WebApplicationException refusal, Response.ResponseBuilder answer) {
    String value = refusal.getResponse().getHeaderString(name);
    if (value != null) {
      answer.header(name, value);
    }
  }
}
