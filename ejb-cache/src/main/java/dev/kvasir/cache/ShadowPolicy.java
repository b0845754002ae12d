package dev.kvasir.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A policy that runs beside the live one, without data: {@code
 * EVICTION[+ADMISSION][:PARAMETER=VALUE...][@FACTOR]}, such as {@code lru}, {@code sieve@2.0},
 * {@code s3_fifo+second_touch:small_percent=20@0.5}.
 *
 * @param policy who leaves first
 * @param admission which blocks may come into a full cache
 * @param budgetFactor its budget, by that of the live one; 0.1 to 10
 */
public record ShadowPolicy(TunedPolicy policy, AdmissionKind admission, double budgetFactor) {
  /** Most at a time. */
  public static final int MAX_SHADOWS = 4;

  private static final String FIELD = "shadows";
  private static final double MIN_FACTOR = 0.1;
  private static final double MAX_FACTOR = 10;
  private static final Pattern FORM =
      Pattern.compile(
          "([a-z0-9_]+)(?:\\+([a-z_]+))?((?::[a-z_]+=-?\\d{1,9})*)(?:@(\\d{1,3}(?:\\.\\d{1,6})?))?");

  public ShadowPolicy {
    SettingRefusedException.unless(
        budgetFactor >= MIN_FACTOR && budgetFactor <= MAX_FACTOR,
        FIELD,
        "shadows has the factor %s, but must have one from %s to %s"
            .formatted(budgetFactor, MIN_FACTOR, MAX_FACTOR));
  }

  /**
   * Reads one.
   *
   * @throws SettingRefusedException if it is none; says what came and what is allowed
   */
  public static ShadowPolicy parse(String text) {
    Matcher parts = FORM.matcher(text);
    SettingRefusedException.unless(
        parts.matches(),
        FIELD,
        "shadows has \"%s\", but must have EVICTION[+ADMISSION][:PARAMETER=VALUE...][@FACTOR], such as sieve@2.0"
            .formatted(text));
    Map<String, Integer> parameters = new TreeMap<>();
    for (String pair : Objects.requireNonNull(parts.group(3)).split(":", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        parameters.put(pair.substring(0, equals), Integer.valueOf(pair.substring(equals + 1)));
      }
    }
    String admission = parts.group(2);
    String factor = parts.group(4);
    return new ShadowPolicy(
        new TunedPolicy(
            constant(Objects.requireNonNull(parts.group(1)), EvictionKind.values()), parameters),
        admission == null ? AdmissionKind.ALWAYS : constant(admission, AdmissionKind.values()),
        factor == null ? 1 : Double.parseDouble(factor));
  }

  /**
   * Reads several, between commas.
   *
   * @throws SettingRefusedException if they are too many, or one is none
   */
  public static List<ShadowPolicy> parseAll(String text) {
    return text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).map(ShadowPolicy::parse).toList();
  }

  private static <E extends Enum<E>> E constant(String name, E[] all) {
    List<String> names = new ArrayList<>();
    for (E one : all) {
      String label = one.name().toLowerCase(Locale.ROOT);
      if (label.equals(name)) {
        return one;
      }
      names.add(label);
    }
    throw new SettingRefusedException(
        FIELD, "shadows has \"%s\", but must have one of %s".formatted(name, names));
  }

  /** As it is read; parameters that have their standard value are left out. */
  @Override
  public String toString() {
    String tuned =
        policy.kind().parameters().stream()
            .filter(one -> policy.parameter(one.name()) != one.standard())
            .map(one -> ":" + one.name() + "=" + policy.parameter(one.name()))
            .collect(Collectors.joining());
    String admitted =
        admission == AdmissionKind.ALWAYS ? "" : "+" + admission.name().toLowerCase(Locale.ROOT);
    return policy.kind().label() + admitted + tuned + "@" + budgetFactor;
  }
}
