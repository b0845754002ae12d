package dev.kvasir.web.trail;

import dev.kvasir.completion.RequestId;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Gives every request an id, its client's if that is valid, and every answer the header that says
 * it, errors and streams included.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class RequestIdFilter implements Filter {
  /** In requests and answers. */
  public static final String HEADER = "X-Request-Id";

  private static final String ATTRIBUTE = RequestIdFilter.class.getName();

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain next)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse out) {
      String id = RequestId.orNew(http.getHeader(HEADER));
      http.setAttribute(ATTRIBUTE, id);
      out.setHeader(HEADER, id);
    }
    next.doFilter(request, response);
  }

  /** The id of a request that came through here. */
  public static String idOf(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof String id ? id : RequestId.random();
  }
}
