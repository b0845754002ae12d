package dev.kvasir.web.cache;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ShadowPolicy;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings in force; in a change, those that are to be others. {@link CacheSettings} says what
 * they mean.
 *
 * @param eviction an {@link dev.kvasir.cache.EvictionKind} in lower case
 * @param parameters of that, by name
 * @param budgetBytes of K/V that each member holds at most
 * @param evictStartPercent of the budget, where eviction starts
 * @param evictStopPercent and where it stops
 * @param admission an {@link dev.kvasir.cache.AdmissionKind} in lower case
 * @param load {@code auto}, {@code always} or {@code never}
 * @param deadlineMs longest wait for the grid
 * @param ttlSeconds since a block was stored, after which it leaves; 0: none
 * @param idleSeconds since its last use, likewise
 * @param shadows policies that run beside, as {@link ShadowPolicy} reads them
 */
@JsonbPropertyOrder({
  "eviction",
  "parameters",
  "budgetBytes",
  "evictStartPercent",
  "evictStopPercent",
  "admission",
  "load",
  "deadlineMs",
  "ttlSeconds",
  "idleSeconds",
  "shadows"
})
public record PolicyBody(
    @Nullable String eviction,
    @Nullable Map<String, Integer> parameters,
    @Nullable Long budgetBytes,
    @Nullable Integer evictStartPercent,
    @Nullable Integer evictStopPercent,
    @Nullable String admission,
    @Nullable String load,
    @Nullable Integer deadlineMs,
    @Nullable Integer ttlSeconds,
    @Nullable Integer idleSeconds,
    @Nullable List<String> shadows) {

  static PolicyBody of(CacheSettings settings) {
    return new PolicyBody(
        settings.eviction().label(),
        settings.policy().parameters(),
        settings.budgetBytes(),
        settings.room().startPercent(),
        settings.room().stopPercent(),
        settings.admission().name().toLowerCase(Locale.ROOT),
        settings.load().name().toLowerCase(Locale.ROOT),
        settings.deadlineMillis(),
        settings.lifetime().ttlSeconds(),
        settings.lifetime().idleSeconds(),
        settings.shadows().stream().map(ShadowPolicy::toString).toList());
  }
}
