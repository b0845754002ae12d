package dev.kvasir.cache.tenants;

import java.util.function.Predicate;

/**
 * The group that a change is meant for.
 *
 * @param id of it
 * @param tags in which states, by {@link SharingGroup#tag}
 */
public record SeenGroup(String id, Predicate<String> tags) {
  /** Whatever its state is. */
  public static SeenGroup any(String id) {
    return new SeenGroup(id, tag -> true);
  }
}
