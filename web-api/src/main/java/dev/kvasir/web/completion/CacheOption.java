package dev.kvasir.web.completion;

import dev.kvasir.completion.CachePolicy;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.KvasirOptions;
import org.jspecify.annotations.Nullable;

/** Whether a request wants the cache: {@code "kvasir": {"cache": "on" | "off"}}. */
final class CacheOption {
  private CacheOption() {}

  static CachePolicy of(@Nullable KvasirOptions options) {
    String cache = options == null ? null : options.cache();
    if (cache == null || cache.equals("on")) {
      return CachePolicy.USE;
    }
    if (cache.equals("off")) {
      return CachePolicy.OFF;
    }
    throw RequestFault.invalid(
        "kvasir.cache",
        "kvasir.cache is \"%s\", but must be \"on\" or \"off\".".formatted(Quoted.of(cache)));
  }
}
