package dev.kvasir.web.completion;

import dev.kvasir.web.openai.ModelCard;
import dev.kvasir.web.openai.ModelList;
import dev.kvasir.web.tenant.TenantKeyed;
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

/** Lists the loaded model. */
@Path("/v1/models")
@ApplicationScoped
@TenantKeyed
@SecurityRequirement(name = "tenant_key")
@Produces(MediaType.APPLICATION_JSON)
public class ModelsResource {
  private final long createdSeconds = Instant.now().getEpochSecond();

  @Inject BoundedCompletions completions;

  @GET
  @Operation(summary = "Lists the loaded model")
  public ModelList list() {
    return new ModelList("list", List.of(ServedModel.card(completions.model(), createdSeconds)));
  }

  /** The model by its id or alias; an id may hold slashes. */
  @GET
  @Path("{id:.+}")
  @Operation(summary = "The model of an id or alias")
  public ModelCard get(@PathParam("id") String id) {
    ServedModel.require(id, completions.model());
    return ServedModel.card(completions.model(), createdSeconds);
  }
}
