package dev.kvasir.web.access;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/**
 * The security context of a request that came with a key or token, whoever else the container saw
 * in it.
 */
record KeyContext(Caller caller, SecurityContext transport) implements SecurityContext {
  @Override
  public Principal getUserPrincipal() {
    return caller;
  }

  @Override
  public boolean isUserInRole(String role) {
    return caller.isInRole(role);
  }

  @Override
  public boolean isSecure() {
    return transport.isSecure();
  }

  @Override
  public String getAuthenticationScheme() {
    return "Bearer";
  }
}
