package dev.kvasir.cache.alerts;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What must not be so for long. Written {@code NAME: METRIC[/METRIC] [over SECONDS]
 * above|below|fell_to NUMBER [for SECONDS] [info|warning|critical]}, such as {@code regret:
 * kvasir_load_regret_seconds/kvasir_load_decisions_total{decision=load} over 900 above 0.05 for
 * 900}.
 *
 * @param name of the rule: small letters, digits, underscores
 * @param of what is measured: a gauge's value; of what only grows, its growth
 * @param per what grows by which it is divided; null for none
 * @param overSeconds time of which growth is meant, and how far back {@code fell_to} looks
 * @param comparison with the bound
 * @param bound for the number; for {@link Comparison#FELL_TO} a share of what it was before
 * @param forSeconds that it must last before the alert fires
 * @param severity of it
 */
public record AlertRule(
    String name,
    MetricName of,
    @Nullable MetricName per,
    int overSeconds,
    Comparison comparison,
    double bound,
    int forSeconds,
    Severity severity) {
  /** Longest time that a rule looks back. */
  public static final int MAX_SECONDS = 3_600;

  /** How a number breaks a rule. */
  public enum Comparison {
    /** By being larger than the bound. */
    ABOVE,
    /** By being smaller than it. */
    BELOW,
    /** By being smaller than this share of what it was {@code overSeconds} before. */
    FELL_TO
  }

  /** How bad that is. */
  public enum Severity {
    INFO,
    WARNING,
    CRITICAL
  }

  /** Whether a number breaks it; one that cannot be told does not. */
  boolean isBrokenBy(double now, double before) {
    return switch (comparison) {
      case ABOVE -> now > bound;
      case BELOW -> now < bound;
      case FELL_TO -> now < bound * before;
    };
  }

  /** What it says, without its name, as rules are written. */
  public String condition() {
    return "%s%s over %d %s %s for %d %s"
        .formatted(
            of,
            per == null ? "" : "/" + per,
            overSeconds,
            comparison.name().toLowerCase(Locale.ROOT),
            new BigDecimal(String.valueOf(bound)).stripTrailingZeros().toPlainString(),
            forSeconds,
            severity.name().toLowerCase(Locale.ROOT));
  }
}
