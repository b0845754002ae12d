package dev.kvasir.web.cache;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.PolicyParameter;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.Arrays;
import java.util.List;

/**
 * What can be tuned.
 *
 * @param policies all that there are
 */
public record ParametersBody(List<Policy> policies) {
  /** A policy and its parameters. */
  @JsonbPropertyOrder({"eviction", "parameters"})
  public record Policy(String eviction, List<Parameter> parameters) {}

  /** One number, its bounds, and what it is unless it is told otherwise. */
  @JsonbPropertyOrder({"name", "standard", "min", "max", "meaning"})
  public record Parameter(String name, int standard, int min, int max, String meaning) {}

  static ParametersBody ofAll() {
    return new ParametersBody(
        Arrays.stream(EvictionKind.values())
            .map(
                kind ->
                    new Policy(
                        kind.label(),
                        kind.parameters().stream().map(ParametersBody::parameter).toList()))
            .toList());
  }

  private static Parameter parameter(PolicyParameter parameter) {
    return new Parameter(
        parameter.name(),
        parameter.standard(),
        parameter.min(),
        parameter.max(),
        parameter.meaning());
  }
}
