package dev.kvasir.cache.tenants;

import java.time.Instant;

/**
 * What is known of an API key; the key itself is nowhere.
 *
 * @param id names it; part of the key's text
 * @param grant what it is given for
 * @param digest see {@link KeyDigest}
 * @param life from when to when it is good
 * @param version see {@link Registered}
 * @param deleted see {@link Registered}
 */
public record ApiKey(
    String id, Grant grant, String digest, Life life, long version, boolean deleted)
    implements Registered {
  static String registryKey(String id) {
    return "key:" + id;
  }

  @Override
  public String registryKey() {
    return registryKey(id);
  }

  ApiKey asDeleted() {
    return new ApiKey(id, grant, "", life, Registered.deletionOf(version), true);
  }

  ApiKey asUsed(Instant hour) {
    return new ApiKey(id, grant, digest, life.usedIn(hour), version + 1, false);
  }
}
