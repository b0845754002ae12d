package dev.kvasir.cache.chain;

import dev.kvasir.inference.Fingerprint;
import java.util.Arrays;

/**
 * What keeps equal tokens apart: the engine whose K/V it is, and the tenant whose users share it.
 *
 * @param fingerprint of the engine
 * @param tenantSalt secret of the tenant, any length; copied both ways
 */
@SuppressWarnings("ArrayRecordComponent") // copied both ways, with equals and hashCode of its own
public record Namespace(Fingerprint fingerprint, byte[] tenantSalt) {
  public Namespace {
    tenantSalt = tenantSalt.clone();
  }

  @Override
  public byte[] tenantSalt() {
    return tenantSalt.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Namespace that
        && fingerprint.equals(that.fingerprint)
        && Arrays.equals(tenantSalt, that.tenantSalt);
  }

  @Override
  public int hashCode() {
    return 31 * fingerprint.hashCode() + Arrays.hashCode(tenantSalt);
  }

  /** Without the salt, which is a secret. */
  @Override
  public String toString() {
    return "Namespace[" + fingerprint + "]";
  }
}
