package dev.kvasir.cache.tenants;

/**
 * A key that was just made: the one time that its text is there.
 *
 * @param key what is kept of it
 * @param text what its owner sends
 */
public record NewKey(ApiKey key, String text) {
  /** Without the text. */
  @Override
  public String toString() {
    return "NewKey[" + key.id() + "]";
  }
}
