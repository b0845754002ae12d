package dev.kvasir.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Sends a page whose sign-on has ended to the login page. The server redirects the page's poll
 * there, which shows nothing; status 401 with a location makes PrimeFaces open that location, which
 * is the page itself, so that the user comes back to it after the login.
 */
@WebFilter("/login.xhtml")
public class LoginForPolls extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getHeader("Faces-Request") == null) {
      chain.doFilter(request, response);
      return;
    }
    response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    response.setHeader(
        "Location", pageOf(request.getHeader("Referer"), request.getContextPath() + "/"));
  }

  /** The page that polled, within this application: {@code home} if that cannot be told. */
  static String pageOf(@Nullable String referrer, String home) {
    if (referrer == null) {
      return home;
    }
    try {
      String path = URI.create(referrer).getRawPath();
      return path != null && path.startsWith(home) ? path : home;
    } catch (IllegalArgumentException e) {
      return home; // not a URI
    }
  }
}
