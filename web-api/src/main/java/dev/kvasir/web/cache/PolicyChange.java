package dev.kvasir.web.cache;

import dev.kvasir.cache.AdmissionKind;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.SettingRefusedException;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.Choice;
import dev.kvasir.web.json.WireNames;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings with some of them replaced, as an administrator asks for it. */
final class PolicyChange {
  private static final List<String> FIELDS =
      Arrays.stream(PolicyBody.class.getRecordComponents()).map(WireNames::of).toList();

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
    try {
      EvictionKind eviction =
          choice("eviction", change.eviction(), EvictionKind.class, old.eviction());
      return new CacheSettings(
          old.policy().with(eviction, or(change.parameters(), Map.of())),
          new CacheSettings.Room(
              or(change.budgetBytes(), old.budgetBytes()),
              or(change.evictStartPercent(), old.room().startPercent()),
              or(change.evictStopPercent(), old.room().stopPercent())),
          choice("admission", change.admission(), AdmissionKind.class, old.admission()),
          new CacheSettings.Loading(
              choice("load", change.load(), LoadRule.class, old.load()),
              or(change.deadlineMs(), old.deadlineMillis())),
          new Lifetime(
              or(change.ttlSeconds(), old.lifetime().ttlSeconds()),
              or(change.idleSeconds(), old.lifetime().idleSeconds())),
          shadows(change.shadows(), old.shadows()),
          old.tenants());
    } catch (SettingRefusedException refused) {
      throw RequestFault.invalid(refused.field(), refused.getMessage() + ".");
    }
  }

  private static List<ShadowPolicy> shadows(@Nullable List<String> wanted, List<ShadowPolicy> old) {
    return wanted == null ? old : wanted.stream().map(ShadowPolicy::parse).toList();
  }

  private static <E extends Enum<E>> E choice(
      String field, @Nullable String name, Class<E> type, E old) {
    return name == null ? old : Choice.of(field, name, type);
  }

  private static <T> T or(@Nullable T changed, T old) {
    return changed == null ? old : changed;
  }
}
