package dev.kvasir.it;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node says of its API at /openapi, as swagger-parser reads it. */
record ApiDocument(OpenAPI api, List<String> faults) {
  /** One operation at one path. */
  record Call(String path, PathItem.HttpMethod method, Operation operation) {
    /** Schema of its JSON body; null if it takes none. */
    @Nullable Schema<?> bodySchema() {
      MediaType json =
          operation.getRequestBody() == null
              ? null
              : operation.getRequestBody().getContent().get("application/json");
      return json == null ? null : json.getSchema();
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** Reads it with all references put in. */
  static ApiDocument of(KvasirNode node) throws IOException, InterruptedException {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    options.setResolveFully(true);
    SwaggerParseResult result =
        new OpenAPIV3Parser().readContents(node.client().get("/openapi").body(), null, options);
    return new ApiDocument(result.getOpenAPI(), result.getMessages());
  }

  List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    api.getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach((method, operation) -> calls.add(new Call(path, method, operation))));
    return calls;
  }
}
