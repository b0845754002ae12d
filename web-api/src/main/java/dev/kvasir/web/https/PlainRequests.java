package dev.kvasir.web.https;

import dev.kvasir.cache.HttpsOnly;
import dev.kvasir.web.fault.RequestFault;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses what came in clear, before anybody looks at its key. */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION - 1)
public class PlainRequests implements ContainerRequestFilter {
  private boolean refused;
  private int httpsPort;

  /**
   * Sets the rule.
   *
   * @param httpsPort where to send requests instead
   */
  @Inject
  void configure(
      @ConfigProperty(name = HttpsOnly.KEY, defaultValue = HttpsOnly.DEFAULT) String httpsOnly,
      @ConfigProperty(name = "kvasir.https.port", defaultValue = "9443") int httpsPort) {
    this.refused = HttpsOnly.of(httpsOnly) == HttpsOnly.ALL;
    this.httpsPort = httpsPort;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (refused && !request.getSecurityContext().isSecure()) {
      throw RequestFault.plain(
          "This node is asked by HTTPS only, on port %d. What the request had, its key too, came in clear: have the key replaced if others could read it."
              .formatted(httpsPort));
    }
  }
}
