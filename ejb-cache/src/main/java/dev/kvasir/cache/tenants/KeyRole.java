package dev.kvasir.cache.tenants;

/** What a key opens. */
public enum KeyRole {
  /** Completions, in its tenant's name. */
  APP,
  /** Reading what administrators read. */
  OPERATOR
}
