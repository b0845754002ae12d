package dev.kvasir.web.route;

import dev.kvasir.cache.route.Route;
import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.trail.RequestIdFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;

/**
 * What of a client's request goes on to another node: all that makes the answer, and the client's
 * own credentials, so that it is the same tenant's there. Nothing that a session hangs on.
 *
 * @param path of the request
 * @param body as it was read
 * @param id by which the request is found again, on any node
 * @param authorization header, if there was one
 * @param accept likewise
 */
record Letter(
    String path,
    JsonBody body,
    String id,
    @Nullable String authorization,
    @Nullable String accept) {
  /** Says which node sent a request on; one that has it is sent no further. */
  static final String HOP = "X-Kvasir-Forwarded-By";

  static Letter of(HttpServletRequest client, JsonBody body) {
    return new Letter(
        client.getRequestURI(),
        body,
        RequestIdFilter.idOf(client),
        client.getHeader(HttpHeaders.AUTHORIZATION),
        client.getHeader(HttpHeaders.ACCEPT));
  }

  /** The request by which one node asks another. */
  HttpRequest from(String node, Route route) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(route.url() + path))
            .header(HttpHeaders.CONTENT_TYPE, "application/json")
            .header(RequestIdFilter.HEADER, id)
            .header(HOP, node)
            .POST(BodyPublishers.ofString(body.tree().toString()));
    addIfThere(request, HttpHeaders.AUTHORIZATION, authorization);
    addIfThere(request, HttpHeaders.ACCEPT, accept);
    return request.build();
  }

  private static void addIfThere(HttpRequest.Builder request, String name, @Nullable String value) {
    if (value != null) {
      request.header(name, value);
    }
  }
}
