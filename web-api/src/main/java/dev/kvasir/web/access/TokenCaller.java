package dev.kvasir.web.access;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A caller known by a JSON Web Token.
 *
 * @param subject of the token
 * @param tenantId by its claim; null if it has none
 * @param roles by its claim
 */
public record TokenCaller(String subject, @Nullable String tenantId, Set<String> roles)
    implements Caller {
  public TokenCaller {
    roles = Set.copyOf(roles);
  }

  @Override
  public String getName() {
    return "token " + subject;
  }

  @Override
  public Optional<String> tenant() {
    return Optional.ofNullable(tenantId);
  }

  @Override
  public boolean isInRole(String role) {
    return roles.contains(role);
  }
}
