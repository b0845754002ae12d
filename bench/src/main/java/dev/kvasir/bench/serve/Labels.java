package dev.kvasir.bench.serve;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names of an enum's constants on the command line and in figures. */
public final class Labels {
  private Labels() {}

  /** In lower case, with dashes. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The constant that is called so.
   *
   * @param option where the name was given
   * @throws IllegalArgumentException if there is none; names those that are
   */
  public static <E extends Enum<E>> E find(List<E> constants, String option, String label) {
    return constants.stream()
        .filter(constant -> of(constant).equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--%s has '%s', but must be of %s"
                        .formatted(
                            option,
                            label,
                            constants.stream().map(Labels::of).collect(Collectors.joining(", ")))));
  }
}
