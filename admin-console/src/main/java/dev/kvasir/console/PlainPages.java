package dev.kvasir.console;

import dev.kvasir.cache.HttpsOnly;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Sends who asks for a page by plain HTTP to the same one by HTTPS. */
@WebFilter("/*")
public class PlainPages extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private boolean sent;
  private int httpsPort;

  /**
   * Sets the rule.
   *
   * @param httpsPort where the pages are
   */
  @Inject
  void configure(
      @ConfigProperty(name = HttpsOnly.KEY, defaultValue = HttpsOnly.DEFAULT) String httpsOnly,
      @ConfigProperty(name = "kvasir.https.port", defaultValue = "9443") int httpsPort) {
    this.sent = HttpsOnly.of(httpsOnly) != HttpsOnly.OFF;
    this.httpsPort = httpsPort;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!sent || request.isSecure()) {
      chain.doFilter(request, response);
    } else if (request.getMethod().equals("GET")) {
      String query = request.getQueryString();
      response.sendRedirect(
          "https://%s:%d%s%s"
              .formatted(
                  request.getServerName(),
                  httpsPort,
                  request.getRequestURI(),
                  query == null ? "" : "?" + query));
    } else {
      response.sendError(HttpServletResponse.SC_FORBIDDEN, "by HTTPS only");
    }
  }
}
