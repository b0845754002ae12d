package dev.kvasir.web.cache;

import dev.kvasir.cache.CacheSettings;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The settings in force; in a change, those that are to be others.
 *
 * @param eviction an {@link dev.kvasir.cache.EvictionKind} in lower case
 * @param budgetBytes of K/V that each member holds at most
 * @param load {@code auto}, {@code always} or {@code never}
 * @param deadlineMs longest wait for the grid
 */
@JsonbPropertyOrder({"eviction", "budgetBytes", "load", "deadlineMs"})
public record PolicyBody(
    @Nullable String eviction,
    @Nullable Long budgetBytes,
    @Nullable String load,
    @Nullable Integer deadlineMs) {

  static PolicyBody of(CacheSettings settings) {
    return new PolicyBody(
        settings.eviction().name().toLowerCase(Locale.ROOT),
        settings.budgetBytes(),
        settings.load().name().toLowerCase(Locale.ROOT),
        settings.deadlineMillis());
  }
}
