package dev.kvasir.web.completion;

import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.openai.ResponseEvent;
import dev.kvasir.web.openai.ResponseObject;
import dev.kvasir.web.openai.ResponseRequest;
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
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** Answers conversations in the form of OpenAI's Responses API; stores none of them. */
@Path("/v1/responses")
@RequestScoped
@TenantKeyed
@SecurityRequirement(name = "tenant_key")
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
public class ResponsesResource {
  @Inject CompletionEndpoint completions;
  @Context SecurityContext caller;

  /** Answers whole, or as a stream where the request says so. */
  @POST
  @Operation(summary = "Answers a text or a conversation")
  @APIResponse(
      responseCode = "200",
      description = "The whole response, or its events",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ResponseObject.class)),
        @Content(
            mediaType = MediaType.SERVER_SENT_EVENTS,
            schema = @Schema(implementation = ResponseEvent.class))
      })
  public Response create(
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = ResponseRequest.class),
                      examples = {
                        @ExampleObject(
                            name = "text",
                            value = "{\"model\": \"default\", \"input\": \"Hello\"}"),
                        @ExampleObject(
                            name = "conversation",
                            value =
                                "{\"model\": \"default\", \"instructions\": \"Be brief.\","
                                    + " \"input\": [{\"role\": \"user\", \"content\": \"Hello\"}],"
                                    + " \"max_output_tokens\": 16, \"stream\": true}")
                      }))
          JsonBody body) {
    return completions.answer(new ResponseKind(), body, caller);
  }
}
