package dev.kvasir.web.cache;

import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.SettingRefusedException;
import dev.kvasir.cache.TenantLimits;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.WireNames;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's blocks may take; what is absent has no bound of its own.
 *
 * @param quotaBytes of all its blocks on all members, without backups
 * @param ttlSeconds since a block was stored, after which it leaves; 0: never
 * @param idleSeconds since its last use, likewise
 */
@JsonbPropertyOrder({"quotaBytes", "ttlSeconds", "idleSeconds"})
public record TenantLimitsBody(
    @Nullable Long quotaBytes, @Nullable Integer ttlSeconds, @Nullable Integer idleSeconds) {
  private static final List<String> FIELDS =
      Arrays.stream(TenantLimitsBody.class.getRecordComponents()).map(WireNames::of).toList();

  static TenantLimitsBody of(TenantLimits limits) {
    Lifetime lifetime = limits.lifetime();
    return new TenantLimitsBody(
        limits.quotaBytes() == 0 ? null : limits.quotaBytes(),
        lifetime == null ? null : lifetime.ttlSeconds(),
        lifetime == null ? null : lifetime.idleSeconds());
  }

  /**
   * Refuses a field that is none of these.
   *
   * @throws RequestFault naming it
   */
  static void requireKnownFields(JsonObject body) {
    for (String field : body.keySet()) {
      if (!FIELDS.contains(field)) {
        throw RequestFault.unsupported(
            field, "%s is no limit; there are %s.".formatted(field, String.join(", ", FIELDS)));
      }
    }
  }

  /**
   * The limits, as they are put in force.
   *
   * @throws RequestFault naming the first field with a value that is not allowed
   */
  TenantLimits limits() {
    try {
      boolean own = ttlSeconds != null || idleSeconds != null;
      return new TenantLimits(
          quotaBytes == null ? 0 : quotaBytes,
          own
              ? new Lifetime(
                  ttlSeconds == null ? 0 : ttlSeconds, idleSeconds == null ? 0 : idleSeconds)
              : null);
    } catch (SettingRefusedException refused) {
      throw RequestFault.invalid(refused.field(), refused.getMessage() + ".");
    }
  }
}
