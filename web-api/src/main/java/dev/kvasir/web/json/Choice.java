package dev.kvasir.web.json;

import dev.kvasir.web.fault.RequestFault;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names of a closed choice, in lower case on the wire. */
public final class Choice {
  private Choice() {}

  /**
   * The constant of a name.
   *
   * @throws RequestFault if the name is missing or none of them, with all that there are
   */
  public static <E extends Enum<E>> E of(String param, @Nullable String name, Class<E> choice) {
    for (E constant : choice.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(name)) {
        return constant;
      }
    }
    String names =
        Arrays.stream(choice.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    throw name == null
        ? RequestFault.missing(param, "%s is missing; send one of %s.".formatted(param, names))
        : RequestFault.invalid(
            param, "%s is \"%s\", but must be one of %s.".formatted(param, name, names));
  }
}
