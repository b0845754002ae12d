package dev.kvasir.web.completion;

import dev.kvasir.inference.TextEmbedder;
import dev.kvasir.web.openai.ModelCard;
import dev.kvasir.web.openai.ModelList;
import dev.kvasir.web.tenant.TenantKeyed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** Lists the models: the loaded one, and the one that gives vectors. */
@Path("/v1/models")
@ApplicationScoped
@TenantKeyed
@SecurityRequirement(name = "tenant_key")
@Produces(MediaType.APPLICATION_JSON)
public class ModelsResource {
  private final long createdSeconds = Instant.now().getEpochSecond();

  @Inject BoundedCompletions completions;
  @EJB TextEmbedder embedder;

  @GET
  @Operation(summary = "Lists the models")
  public ModelList list() {
    return new ModelList("list", List.of(loaded(), embedding()));
  }

  /** The model by its id or alias; an id may hold slashes. */
  @GET
  @Path("{id:.+}")
  @Operation(summary = "The model of an id or alias")
  public ModelCard get(@PathParam("id") String id) {
    if (id.equals(embedder.id())) {
      return embedding();
    }
    ServedModel.require(id, completions.model());
    return loaded();
  }

  private ModelCard loaded() {
    return ServedModel.card(completions.model().id(), createdSeconds);
  }

  private ModelCard embedding() {
    return ServedModel.card(embedder.id(), createdSeconds);
  }
}
