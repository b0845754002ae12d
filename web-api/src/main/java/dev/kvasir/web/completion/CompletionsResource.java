package dev.kvasir.web.completion;

import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.openai.TextCompletion;
import dev.kvasir.web.openai.TextCompletionRequest;
import dev.kvasir.web.tenant.TenantKeyed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** Continues plain texts. */
@Path("/v1/completions")
@RequestScoped
@TenantKeyed
@SecurityRequirement(name = "tenant_key")
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
public class CompletionsResource {
  @Inject CompletionEndpoint completions;
  @Context SecurityContext caller;

  /** Answers whole, or as a stream where the request says so. */
  @POST
  @Operation(summary = "Continues a text")
  @APIResponse(
      responseCode = "200",
      description = "The whole answer, or its events",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = TextCompletion.class)),
        @Content(
            mediaType = MediaType.SERVER_SENT_EVENTS,
            schema = @Schema(implementation = TextCompletion.class))
      })
  public Response create(
      @RequestBody(
              content = @Content(schema = @Schema(implementation = TextCompletionRequest.class)))
          JsonBody body) {
    return completions.answer(new TextKind(), body, caller);
  }
}
