package dev.kvasir.web.fault;

import dev.kvasir.web.trail.RequestIdFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/** Answers every failure that reaches JAX-RS as {@link FaultTable} says. */
@Provider
public class FaultMapper implements ExceptionMapper<Throwable> {
  private static final System.Logger LOG = System.getLogger(FaultMapper.class.getName());

  /** The request that failed; null outside of a server. */
  @Context @Nullable HttpServletRequest request;

  @Context UriInfo uri;

  private String requestId() {
    return request == null ? "" : RequestIdFilter.idOf(request);
  }

  @Override
  public Response toResponse(Throwable failure) {
    Fault fault = FaultTable.of(failure);
    if (fault.isServerError()) {
      LOG.log(
          System.Logger.Level.ERROR,
          "KVASIR6001: request %s failed".formatted(requestId()),
          failure);
    }
    FaultBody body = FaultBody.of(fault, uri.getRequestUri().getPath());
    Response.ResponseBuilder answer =
        Response.status(fault.status()).type(body.mediaType()).entity(body.wire());
    Integer retryAfterSeconds = fault.retryAfterSeconds();
    if (retryAfterSeconds != null) {
      answer.header(HttpHeaders.RETRY_AFTER, retryAfterSeconds);
    }
    if (failure instanceof StaleFault stale) {
      answer.tag(stale.tag());
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
