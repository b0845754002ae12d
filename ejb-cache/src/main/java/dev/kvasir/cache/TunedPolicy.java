package dev.kvasir.cache;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A policy of eviction and its parameters.
 *
 * @param kind who leaves first
 * @param parameters by name, all that the kind declares; those not given have their standard value
 */
public record TunedPolicy(EvictionKind kind, Map<String, Integer> parameters) {
  public TunedPolicy {
    SortedMap<String, Integer> all = new TreeMap<>();
    kind.parameters().forEach(parameter -> all.put(parameter.name(), parameter.standard()));
    for (Map.Entry<String, Integer> given : parameters.entrySet()) {
      declared(kind, given.getKey()).check(given.getValue());
      all.put(given.getKey(), given.getValue());
    }
    parameters = Collections.unmodifiableSortedMap(all);
  }

  /** With the standard value of each parameter. */
  public static TunedPolicy of(EvictionKind kind) {
    return new TunedPolicy(kind, Map.of());
  }

  /**
   * This policy with some parameters changed; another kind starts from its own standard values.
   *
   * @throws SettingRefusedException if one is none of the kind's, or out of bounds
   */
  public TunedPolicy with(EvictionKind wanted, Map<String, Integer> changes) {
    Map<String, Integer> all = new TreeMap<>(wanted == kind ? parameters : Map.of());
    all.putAll(changes);
    return new TunedPolicy(wanted, all);
  }

  /** A parameter's value. */
  public int parameter(String name) {
    Integer value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(kind + " has no parameter " + name);
    }
    return value;
  }

  private static PolicyParameter declared(EvictionKind kind, String name) {
    return kind.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SettingRefusedException(
                    "parameters." + name,
                    "parameters.%s is no parameter of %s, which has %s"
                        .formatted(name, kind.label(), names(kind))));
  }

  private static String names(EvictionKind kind) {
    return kind.parameters().isEmpty()
        ? "none"
        : kind.parameters().stream().map(PolicyParameter::name).collect(Collectors.joining(", "));
  }
}
