package dev.kvasir.completion;

import org.jspecify.annotations.Nullable;

/**
 * How far a request's blocks are shared. All of it can only narrow what the tenant and the node
 * allow.
 *
 * @param scope the widest that the request wants
 * @param session names its conversation; null if it has none: then in a scope of sessions nothing
 *     is shared
 * @param salt shares only with requests of the tenant that have the same, whatever the scope; null
 *     for none
 */
public record Sharing(SharingScope scope, @Nullable String session, @Nullable String salt) {
  /** As far as tenant and node allow. */
  public static final Sharing WIDEST = new Sharing(SharingScope.GLOBAL, null, null);

  /** Neither session nor salt, as they tell of users. */
  @Override
  public String toString() {
    return "Sharing[" + scope + "]";
  }
}
