package dev.kvasir.web;

import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** The errors of each operation as /openapi lists them: those of docs/api.md that it can give. */
final class DeclaredFaults {
  private static final Map<Integer, String> MEANINGS =
      Map.of(
          400, "A field, named by param, is not as it must be; or the prompt is refused",
          401, "The key or the credentials are nobody's",
          403, "The user is no administrator",
          404, "There is no such model or block",
          406, "Accept allows none of the types that the answer can have",
          413, "The body is larger than this server takes",
          415, "The body is not declared as JSON",
          499, "The client closed its side of the connection before the answer was whole",
          500, "The engine, its adapter or the server failed",
          503, "No decode slot in time; Retry-After says when to come again");

  private DeclaredFaults() {}

  /** Adds to each operation those errors that it does not declare itself. */
  static void addTo(OpenAPI api) {
    if (api.getPaths() != null && api.getPaths().getPathItems() != null) {
      api.getPaths().getPathItems().forEach(DeclaredFaults::addTo);
    }
  }

  private static void addTo(String path, PathItem item) {
    for (Operation operation : item.getOperations().values()) {
      APIResponses responses = operation.getResponses();
      if (responses == null) {
        responses = OASFactory.createAPIResponses();
        operation.setResponses(responses);
      }
      for (int status : statuses(path, operation)) {
        String key = Integer.toString(status);
        if (!responses.hasAPIResponse(key)) {
          responses.addAPIResponse(key, fault(status));
        }
      }
    }
  }

  private static Set<Integer> statuses(String path, Operation operation) {
    Set<Integer> statuses = new LinkedHashSet<>(Set.of(401, 406, 500));
    boolean takesBody = operation.getRequestBody() != null;
    if (takesBody) {
      statuses.addAll(Set.of(400, 413, 415));
    }
    if (path.startsWith("/api/")) {
      statuses.addAll(Set.of(400, 403));
    }
    if (path.contains("{") || (takesBody && !path.startsWith("/api/"))) {
      statuses.add(404);
    }
    if (path.endsWith("/completions")) {
      statuses.addAll(Set.of(499, 503));
    }
    return statuses;
  }

  private static APIResponse fault(int status) {
    Content content =
        OASFactory.createContent()
            .addMediaType(
                MediaType.APPLICATION_JSON,
                OASFactory.createMediaType()
                    .schema(OASFactory.createSchema().ref("#/components/schemas/ErrorBody")));
    return OASFactory.createAPIResponse()
        .description(MEANINGS.getOrDefault(status, ""))
        .content(content);
  }
}
