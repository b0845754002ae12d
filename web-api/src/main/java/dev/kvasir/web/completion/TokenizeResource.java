package dev.kvasir.web.completion;

import dev.kvasir.completion.Prompt;
import dev.kvasir.completion.TokenizerService;
import dev.kvasir.inference.Conversation;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.inference.TokenIds;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.openai.TokenizeRequest;
import dev.kvasir.web.openai.TokenizeResponse;
import dev.kvasir.web.tenant.TenantKeyed;
import dev.kvasir.web.tool.Tools;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** Tells the tokens of a prompt, as vLLM does. */
@Path("/tokenize")
@RequestScoped
@TenantKeyed
@SecurityRequirement(name = "tenant_key")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class TokenizeResource {
  @Inject BoundedCompletions completions;
  @EJB TokenizerService tokenizer;

  @POST
  @Operation(summary = "The tokens of a text or a conversation")
  public TokenizeResponse tokenize(
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = TokenizeRequest.class),
                      examples = {
                        @ExampleObject(
                            name = "text",
                            value = "{\"prompt\": \"Hello\", \"return_token_strs\": true}"),
                        @ExampleObject(
                            name = "conversation",
                            value =
                                "{\"model\": \"default\", \"messages\":"
                                    + " [{\"role\": \"user\", \"content\": \"Hello\"}]}")
                      }))
          JsonBody body) {
    return answer(body, completions.model(), tokenizer);
  }

  /**
   * Checks and answers.
   *
   * @throws RequestFault naming the first field that is not as it must be
   */
  static TokenizeResponse answer(JsonBody body, ModelInfo model, TokenizerService tokenizer) {
    (model.tools() ? UnsupportedFields.TOKENIZE_WITH_TOOLS : UnsupportedFields.TOKENIZE)
        .check(body.tree());
    TokenizeRequest request = body.as(TokenizeRequest.class);
    ServedModel.requireIfNamed(request.model(), model);
    Prompt prompt = prompt(request);
    TokenIds tokens =
        tokenizer.tokenize(
            prompt,
            Objects.requireNonNullElse(request.addSpecialTokens(), prompt instanceof Prompt.Text));
    return new TokenizeResponse(
        tokens.size(),
        model.contextTokens(),
        Arrays.stream(tokens.toArray()).boxed().toList(),
        Boolean.TRUE.equals(request.returnTokenStrs()) ? tokenizer.spell(tokens) : null);
  }

  private static Prompt prompt(TokenizeRequest request) {
    String text = request.prompt();
    if ((text == null) == (request.messages() == null)) {
      throw text == null
          ? RequestFault.missing("prompt", "Send either prompt or messages; both are missing.")
          : RequestFault.invalid("prompt", "Send either prompt or messages, not both.");
    }
    return text == null
        ? new Prompt.Chat(
            new Conversation(
                ChatMessages.of(request.messages()),
                Tools.of(request.tools(), null).json(),
                !Boolean.FALSE.equals(request.addGenerationPrompt())))
        : new Prompt.Text(TextContent.wellFormed(text, "prompt"));
  }
}
