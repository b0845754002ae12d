package dev.kvasir.web.completion;

import dev.kvasir.completion.Sharing;
import dev.kvasir.completion.SharingScope;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.CompletionFields;
import dev.kvasir.web.openai.KvasirOptions;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** With whom a request's blocks are shared. */
final class SharingFields {
  private SharingFields() {}

  /**
   * Reads them; a conversation is named by the first of {@code kvasir.session}, {@code
   * prompt_cache_key} and {@code user} that is there.
   *
   * @throws RequestFault naming the first that is not as it must be
   */
  static Sharing of(CompletionFields wire) {
    KvasirOptions options = wire.kvasir();
    String named = options == null ? null : options.session();
    notBlank("kvasir.session", named);
    String salt = wire.cacheSalt();
    notBlank("cache_salt", salt);
    return new Sharing(
        scope(options == null ? null : options.scope()),
        Stream.of(named, wire.promptCacheKey(), wire.user())
            .filter(id -> id != null && !id.isBlank())
            .findFirst()
            .orElse(null),
        salt);
  }

  private static void notBlank(String field, @Nullable String value) {
    if (value != null && value.isBlank()) {
      throw RequestFault.invalid(
          field, "%s is blank, but must be a text, or absent.".formatted(field));
    }
  }

  private static SharingScope scope(@Nullable String asked) {
    if (asked == null) {
      return SharingScope.GLOBAL;
    }
    try {
      return SharingScope.named(asked);
    } catch (IllegalArgumentException e) {
      throw RequestFault.invalid(
          "kvasir.scope",
          "kvasir.scope is \"%s\", but %s.".formatted(Quoted.of(asked), e.getMessage()));
    }
  }
}
