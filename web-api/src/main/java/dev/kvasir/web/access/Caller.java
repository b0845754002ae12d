package dev.kvasir.web.access;

import java.security.Principal;
import java.util.Optional;

/** Somebody known by a bearer token. */
public interface Caller extends Principal {
  /** Whose blocks are used for the caller's requests; empty if the caller is no tenant's. */
  Optional<String> tenant();

  /** Whether the caller has a role. */
  boolean isInRole(String role);
}
