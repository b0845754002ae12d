package dev.kvasir.web.access;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Who a request says it comes from, as far as that may be written down. */
public final class Claimant {
  private static final String BASIC = "Basic ";

  private Claimant() {}

  /** Name of who was let in, else of who tried; empty if the request names nobody. */
  public static String of(ContainerRequestContext request) {
    Principal principal = request.getSecurityContext().getUserPrincipal();
    return principal != null
        ? principal.getName()
        : named(request.getHeaderString(HttpHeaders.AUTHORIZATION));
  }

  /** The user of HTTP basic; of a bearer token, which is a secret, only that there was one. */
  static String named(@Nullable String authorization) {
    if (authorization == null) {
      return "";
    }
    if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return "unknown key";
    }
    try {
      byte[] login = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      String text = new String(login, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon <= 0 ? "unknown user" : text.substring(0, colon);
    } catch (IllegalArgumentException e) {
      return "unknown user"; // not Base64
    }
  }
}
