package dev.kvasir.web.tenants;

import dev.kvasir.cache.tenants.NewKey;
import jakarta.json.bind.annotation.JsonbPropertyOrder;

/** A key that was just made; {@code key} is shown this once. */
@JsonbPropertyOrder({"key", "about"})
public record NewKeyBody(String key, KeyBody about) {
  static NewKeyBody of(NewKey made) {
    return new NewKeyBody(made.text(), KeyBody.of(made.key()));
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "NewKeyBody[" + about.id() + "]";
  }
}
