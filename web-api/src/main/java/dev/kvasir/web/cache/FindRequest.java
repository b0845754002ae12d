package dev.kvasir.web.cache;

import dev.kvasir.cache.browse.PromptText;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.tenant.Tenant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a prompt whose blocks are looked for.
 *
 * @param text as it stands at the start of the rendered prompt
 * @param system message of a chat; instead of a text
 * @param tenant whose blocks; {@code default} if absent
 */
public record FindRequest(@Nullable String text, @Nullable String system, @Nullable String tenant) {
  PromptText toText() {
    if ((text == null) == (system == null)) {
      throw RequestFault.invalid("text", "Send either text or system, not both and not none.");
    }
    String whose = Objects.requireNonNullElse(tenant, Tenant.DEFAULT);
    return text == null
        ? new PromptText(whose, Objects.requireNonNull(system), PromptText.Kind.SYSTEM)
        : new PromptText(whose, text, PromptText.Kind.RENDERED);
  }
}
