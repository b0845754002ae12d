package dev.kvasir.web.cache;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.web.fault.RequestFault;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Objects;

/** Settings with some of them replaced, as an administrator asks for it. */
final class PolicyChange {
  private static final List<String> FIELDS =
      List.of("eviction", "budget_bytes", "load", "deadline_ms");
  private static final int MIN_DEADLINE_MILLIS = 1;
  private static final int MAX_DEADLINE_MILLIS = 60_000;

  private PolicyChange() {}

  /**
   * Refuses a field that is none of the settings: a typing error must not look like a change.
   *
   * @throws RequestFault naming it
   */
  static void requireKnownFields(JsonObject body) {
    for (String field : body.keySet()) {
      if (!FIELDS.contains(field)) {
        throw RequestFault.unsupported(
            field, "%s is no setting; there are %s.".formatted(field, String.join(", ", FIELDS)));
      }
    }
  }

  /**
   * Applies a change.
   *
   * @throws RequestFault naming the first field with a value that is not allowed
   */
  static CacheSettings apply(PolicyBody change, CacheSettings old) {
    long budgetBytes = Objects.requireNonNullElse(change.budgetBytes(), old.budgetBytes());
    if (budgetBytes < CacheSettings.MIN_BUDGET_BYTES) {
      throw RequestFault.invalid(
          "budget_bytes",
          "budget_bytes is %d, but must be at least %d (1 MiB)."
              .formatted(budgetBytes, CacheSettings.MIN_BUDGET_BYTES));
    }
    int deadlineMillis = Objects.requireNonNullElse(change.deadlineMs(), old.deadlineMillis());
    if (deadlineMillis < MIN_DEADLINE_MILLIS || deadlineMillis > MAX_DEADLINE_MILLIS) {
      throw RequestFault.invalid(
          "deadline_ms",
          "deadline_ms is %d, but must be from %d to %d milliseconds."
              .formatted(deadlineMillis, MIN_DEADLINE_MILLIS, MAX_DEADLINE_MILLIS));
    }
    String eviction = change.eviction();
    String load = change.load();
    return new CacheSettings(
        eviction == null ? old.eviction() : Choice.of("eviction", eviction, EvictionKind.class),
        budgetBytes,
        load == null ? old.load() : Choice.of("load", load, LoadRule.class),
        deadlineMillis);
  }
}
