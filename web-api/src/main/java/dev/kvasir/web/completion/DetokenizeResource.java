package dev.kvasir.web.completion;

import dev.kvasir.completion.TokenizerService;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.inference.TokenIds;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.openai.DetokenizeRequest;
import dev.kvasir.web.openai.DetokenizeResponse;
import dev.kvasir.web.tenant.TenantKeyed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;

/** Tells the text of tokens, as vLLM does. */
@Path("/detokenize")
@RequestScoped
@TenantKeyed
@SecurityRequirement(name = "tenant_key")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class DetokenizeResource {
  @Inject BoundedCompletions completions;
  @EJB TokenizerService tokenizer;

  @POST
  @Operation(summary = "The text of tokens, special ones included")
  public DetokenizeResponse detokenize(
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = DetokenizeRequest.class),
                      examples =
                          @ExampleObject(
                              name = "tokens",
                              value = "{\"model\": \"default\", \"tokens\": [1, 300, 2]}")))
          JsonBody body) {
    return answer(body, completions.model(), tokenizer);
  }

  /**
   * Checks and answers.
   *
   * @throws RequestFault naming the first field that is not as it must be
   */
  static DetokenizeResponse answer(JsonBody body, ModelInfo model, TokenizerService tokenizer) {
    DetokenizeRequest request = body.as(DetokenizeRequest.class);
    ServedModel.requireIfNamed(request.model(), model);
    return new DetokenizeResponse(
        tokenizer.detokenize(tokens(request.tokens(), model.vocabularySize())));
  }

  private static TokenIds tokens(@Nullable List<Integer> wire, int vocabularySize) {
    if (wire == null) {
      throw RequestFault.missing("tokens", "tokens is missing; send an array of token ids.");
    }
    for (int i = 0; i < wire.size(); i++) {
      int id = wire.get(i);
      if (id < 0 || id >= vocabularySize) {
        throw RequestFault.invalid(
            "tokens[%d]".formatted(i),
            "tokens[%d] is %d, but the model's tokens are 0 to %d."
                .formatted(i, id, vocabularySize - 1));
      }
    }
    return TokenIds.of(wire.stream().mapToInt(Integer::intValue).toArray());
  }
}
