package dev.kvasir.web.embedding;

import dev.kvasir.inference.Embeddings;
import dev.kvasir.inference.TextEmbedder;
import dev.kvasir.web.access.KeyCaller;
import dev.kvasir.web.completion.Quoted;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.limit.RateLimits;
import dev.kvasir.web.openai.EmbeddingList;
import dev.kvasir.web.openai.EmbeddingRequest;
import dev.kvasir.web.tenant.TenantKeyed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;

/** Gives the vectors of texts, as OpenAI does. */
@Path("/v1/embeddings")
@RequestScoped
@TenantKeyed
@SecurityRequirement(name = "tenant_key")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class EmbeddingsResource {
  @Inject BoundedEmbedder embedder;
  @Inject RateLimits limits;
  @Inject HttpServletRequest request;

  @POST
  @Operation(summary = "The vectors of texts")
  public EmbeddingList embed(
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = EmbeddingRequest.class),
                      examples = {
                        @ExampleObject(
                            name = "text",
                            value =
                                "{\"model\": \"all-minilm-l6-v2\", \"input\": \"The sea is calm\"}"),
                        @ExampleObject(
                            name = "texts",
                            value =
                                "{\"model\": \"all-minilm-l6-v2\", \"input\": [\"The sea is calm\","
                                    + " \"A storm comes\"], \"encoding_format\": \"base64\"}")
                      }))
          JsonBody body) {
    RateLimits.Account account = limits.admit(KeyCaller.of(request));
    EmbeddingList answer = answer(body, embedder.embedder(), embedder::embed);
    account.charge(answer.usage().totalTokens());
    return answer;
  }

  /**
   * Checks and answers.
   *
   * @param model what is asked for by name
   * @param embed gives the vectors of checked texts
   * @throws RequestFault naming the first field that is not as it must be
   */
  static EmbeddingList answer(
      JsonBody body, TextEmbedder model, Function<List<String>, Embeddings> embed) {
    EmbeddingRequest wanted = body.as(EmbeddingRequest.class);
    requireModel(wanted.model(), model.id());
    List<String> texts = InputTexts.of(wanted.input(), model);
    EncodingFormat format = EncodingFormat.of(wanted.encodingFormat());
    requireDimensions(wanted.dimensions(), model);
    Embeddings embeddings = embed.apply(texts);
    return new EmbeddingList(
        "list",
        IntStream.range(0, texts.size())
            .mapToObj(
                i ->
                    new EmbeddingList.Vector(
                        "embedding", i, format.write(embeddings.vectors().get(i))))
            .toList(),
        model.id(),
        new EmbeddingList.EmbeddingUsage(embeddings.tokens(), embeddings.tokens()));
  }

  private static void requireModel(@Nullable String name, String id) {
    if (name == null) {
      throw RequestFault.missing("model", "model is missing; send \"%s\".".formatted(id));
    }
    if (!name.equals(id)) {
      throw RequestFault.unknownModel(
          "The model \"%s\" gives no vectors here; send \"%s\".".formatted(Quoted.of(name), id));
    }
  }

  /** Its vectors were not trained to be cut. */
  private static void requireDimensions(@Nullable Integer dimensions, TextEmbedder model) {
    if (dimensions != null && dimensions != model.dimensions()) {
      throw RequestFault.invalid(
          "dimensions",
          "dimensions is %d, but the vectors of %s have %d, and shorter ones would be worse than another model's; leave it out or send %d."
              .formatted(dimensions, model.id(), model.dimensions(), model.dimensions()));
    }
  }
}
