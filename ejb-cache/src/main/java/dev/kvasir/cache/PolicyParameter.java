package dev.kvasir.cache;

/**
 * One number by which a policy can be tuned.
 *
 * @param name as settings spell it
 * @param standard what it is unless it is told otherwise
 * @param min smallest value
 * @param max largest value
 * @param meaning in one line
 */
public record PolicyParameter(String name, int standard, int min, int max, String meaning) {
  /**
   * Checks a value.
   *
   * @throws SettingRefusedException if it is out of bounds
   */
  void check(int value) {
    SettingRefusedException.unless(
        value >= min && value <= max,
        "parameters." + name,
        "parameters.%s is %d, but must be from %d to %d: %s"
            .formatted(name, value, min, max, meaning));
  }
}
