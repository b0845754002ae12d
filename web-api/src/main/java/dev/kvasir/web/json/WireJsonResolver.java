package dev.kvasir.web.json;

import jakarta.json.bind.Jsonb;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

/** Gives JAX-RS the configuration of {@link WireJson} for what the resources return. */
@Provider
public class WireJsonResolver implements ContextResolver<Jsonb> {
  @Override
  public Jsonb getContext(Class<?> type) {
    return WireJson.JSONB;
  }
}
