package dev.kvasir.web;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** The errors of each operation as /openapi lists them: those of docs/api.md that it can give. */
final class DeclaredFaults {
  private static final Map<Integer, String> MEANINGS =
      Map.ofEntries(
          Map.entry(400, "A field, named by param, is not as it must be; or the prompt is refused"),
          Map.entry(401, "The key or the credentials are nobody's, or there are none"),
          Map.entry(403, "The caller has not the role that this needs"),
          Map.entry(404, "There is no such model, block, tenant, key or group"),
          Map.entry(406, "Accept allows none of the types that the answer can have"),
          Map.entry(408, "The body did not come in time"),
          Map.entry(409, "It exists, or did; or the Idempotency-Key is in use"),
          Map.entry(412, "It is not what If-Match names any more; ETag says what it is"),
          Map.entry(413, "The body is larger than this server takes"),
          Map.entry(415, "The body is not declared as JSON"),
          Map.entry(422, "This Idempotency-Key was used for another request"),
          Map.entry(429, "More than is allowed in a time; Retry-After says when to come again"),
          Map.entry(
              499, "The client closed its side of the connection before the answer was whole"),
          Map.entry(500, "The engine, its adapter or the server failed"),
          Map.entry(503, "No decode slot in time; Retry-After says when to come again"));

  private DeclaredFaults() {}

  /** Adds to each operation those errors that it does not declare itself. */
  static void addTo(OpenAPI api) {
    if (api.getPaths() != null && api.getPaths().getPathItems() != null) {
      api.getPaths().getPathItems().forEach(DeclaredFaults::addTo);
    }
  }

  private static void addTo(String path, PathItem item) {
    item.getOperations().forEach((method, operation) -> addTo(path, method, operation));
  }

  private static void addTo(String path, PathItem.HttpMethod method, Operation operation) {
    APIResponses responses = operation.getResponses();
    if (responses == null) {
      responses = OASFactory.createAPIResponses();
      operation.setResponses(responses);
    }
    for (int status : statuses(path, method, operation)) {
      String key = Integer.toString(status);
      if (!responses.hasAPIResponse(key)) {
        responses.addAPIResponse(key, fault(status, path));
      }
    }
  }

  private static Set<Integer> statuses(
      String path, PathItem.HttpMethod method, Operation operation) {
    Set<Integer> statuses = new TreeSet<>(Set.of(401, 403, 406, 429, 500));
    boolean takesBody = operation.getRequestBody() != null;
    if (takesBody) {
      statuses.addAll(Set.of(400, 408, 413, 415));
    }
    if (path.startsWith("/api/")) {
      statuses.add(400);
      if (method != PathItem.HttpMethod.GET) {
        statuses.addAll(Set.of(409, 422));
      }
    }
    if (path.startsWith("/api/tenants")) {
      statuses.add(409);
    }
    List<Parameter> parameters = operation.getParameters();
    if (parameters != null
        && parameters.stream().anyMatch(one -> HttpHeaders.IF_MATCH.equals(one.getName()))) {
      statuses.add(412);
    }
    if (path.contains("{") || (takesBody && !path.startsWith("/api/"))) {
      statuses.add(404);
    }
    if (path.endsWith("/completions") || path.endsWith("/responses")) {
      statuses.addAll(Set.of(499, 503));
    }
    return statuses;
  }

  private static APIResponse fault(int status, String path) {
    boolean isApi = path.startsWith("/api/");
    Content content =
        OASFactory.createContent()
            .addMediaType(
                isApi ? "application/problem+json" : MediaType.APPLICATION_JSON,
                OASFactory.createMediaType()
                    .schema(
                        OASFactory.createSchema()
                            .ref("#/components/schemas/" + (isApi ? "Problem" : "ErrorBody"))));
    return OASFactory.createAPIResponse()
        .description(MEANINGS.getOrDefault(status, ""))
        .content(content);
  }
}
