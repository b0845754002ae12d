package dev.kvasir.web.replay;

import dev.kvasir.cache.Ticker;
import dev.kvasir.web.admin.AdminOnly;
import dev.kvasir.web.fault.RequestFault;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.Principal;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Answers a write of an administrator's that comes again with its {@code Idempotency-Key} as it did
 * before, without doing it again (draft-ietf-httpapi-idempotency-key-header). On this node.
 */
@Provider
@ApplicationScoped
@AdminOnly
@Priority(Priorities.AUTHORIZATION + 1) // whoever is turned away uses up no key
public class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter {
  static final String HEADER = "Idempotency-Key";
  private static final String REPLAYED = "Idempotency-Replayed";
  private static final String IN_USE = IdempotencyFilter.class.getName();
  private static final Set<String> READS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  /** A quoted string, as the draft has it, or the bare key that most clients send. */
  private static final Pattern KEY = Pattern.compile("\"?([\\x21\\x23-\\x7E]{1,255})\"?");

  private final KeptAnswers answers = new KeptAnswers(Ticker.system());
  private int maxBodyBytes;

  /** Sets the size in bytes of the largest body. */
  @Inject
  void limit(
      @ConfigProperty(name = "kvasir.http.max.body.bytes", defaultValue = "8388608")
          int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    String header = request.getHeaderString(HEADER);
    if (header == null || READS.contains(request.getMethod())) {
      return;
    }
    KeptAnswers.Name name = new KeptAnswers.Name(user(request), key(header));
    byte[] body = request.getEntityStream().readNBytes(maxBodyBytes + 1); // one more is too large
    request.setEntityStream(new ByteArrayInputStream(body));
    String target = request.getMethod() + " " + request.getUriInfo().getRequestUri();
    switch (answers.begin(name, RequestFingerprint.of(target, body))) {
      case NEW -> request.setProperty(IN_USE, name);
      case RUNNING ->
          throw RequestFault.keyInUse(
              "A request with this Idempotency-Key is on its way; send it again in a moment.");
      case OTHER ->
          throw RequestFault.keyReused(
              "This Idempotency-Key was used for another request; send each request with a key of its"
                  + " own.");
      case ANSWERED -> replay(answers.answer(name), request);
    }
  }

  private static void replay(KeptAnswers.@Nullable Answer answer, ContainerRequestContext request) {
    if (answer != null) { // else it left the table this moment
      request.abortWith(
          Response.status(answer.status())
              .type(answer.mediaType())
              .entity(answer.entity())
              .header(REPLAYED, "true")
              .header(HttpHeaders.ETAG, answer.etag())
              .build());
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(IN_USE) instanceof KeptAnswers.Name name) {
      boolean failed = response.getStatus() >= 500;
      answers.end(name, failed ? null : answer(response));
    }
  }

  private static KeptAnswers.Answer answer(ContainerResponseContext response) {
    MediaType type = response.getMediaType();
    return new KeptAnswers.Answer(
        response.getStatus(),
        type == null ? MediaType.APPLICATION_JSON : type.toString(),
        response.getEntity(),
        response.getHeaderString(HttpHeaders.ETAG));
  }

  private static String user(ContainerRequestContext request) {
    Principal user = request.getSecurityContext().getUserPrincipal();
    return user == null ? "" : user.getName();
  }

  private static String key(String header) {
    Matcher key = KEY.matcher(header.strip());
    if (!key.matches()) {
      throw RequestFault.invalid(
          HEADER, HEADER + " must have 1 to 255 visible ASCII characters, such as a UUID.");
    }
    return key.group(1);
  }
}
