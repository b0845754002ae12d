package dev.kvasir.web.tenants;

import dev.kvasir.cache.tenants.ApiKey;
import java.util.List;

/** A tenant's keys, oldest first; none of them can be told again. */
public record KeysBody(List<KeyBody> keys) {
  static KeysBody of(List<ApiKey> keys) {
    return new KeysBody(keys.stream().map(KeyBody::of).toList());
  }
}
