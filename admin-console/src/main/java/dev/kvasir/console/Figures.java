package dev.kvasir.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How pages write figures: bytes, times, shares and counts. */
@Named
@ApplicationScoped
public class Figures {
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
  private static final String NONE = "–";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** {@code 1536} as {@code 1.5 KiB}. */
  public String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.size() - 1) {
      value /= 1024;
      unit++;
    }
    String form = unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ENGLISH, form, value, UNITS.get(unit));
  }

  /** {@code 1234567} as {@code 1,234,567}. */
  public String count(long count) {
    return String.format(Locale.ENGLISH, "%,d", count);
  }

  /** Milliseconds, as seconds from one second on; a dash for none. */
  public String millis(double millis) {
    if (millis <= 0) {
      return NONE;
    }
    if (millis >= 1000) {
      return String.format(Locale.ENGLISH, "%.2f s", millis / 1000);
    }
    return String.format(Locale.ENGLISH, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }

  /** Kilowatt-hours, as watt-hours below one; a dash for none. */
  public String energy(double kilowattHours) {
    if (kilowattHours <= 0) {
      return NONE;
    }
    return kilowattHours < 1
        ? String.format(Locale.ENGLISH, "%.3g Wh", 1000 * kilowattHours)
        : String.format(Locale.ENGLISH, "%,.1f kWh", kilowattHours);
  }

  /** A price, to the cent from one on; a dash for none. */
  public String price(double price) {
    return price <= 0 ? NONE : String.format(Locale.ENGLISH, price < 1 ? "%.5f" : "%,.2f", price);
  }

  /** Date and time of day, UTC, to the second; a dash for none. */
  public String time(@Nullable Instant instant) {
    return instant == null ? NONE : TIME.format(instant);
  }

  /** Names between commas; nothing for none. */
  public String names(@Nullable List<String> names) {
    return names == null ? "" : String.join(", ", names);
  }

  /** Seconds, as minutes from one minute on, as hours from one hour on. */
  public String idle(double seconds) {
    if (seconds < 60) {
      return String.format(Locale.ENGLISH, "%.0f s", seconds);
    }
    double minutes = seconds / 60;
    return minutes < 60
        ? String.format(Locale.ENGLISH, "%.0f min", minutes)
        : String.format(Locale.ENGLISH, "%.1f h", minutes / 60);
  }

  /** {@code 0.256} as {@code 26%}; below 10 percent with one digit more. */
  public String share(double share) {
    double percent = 100 * share;
    String form = percent > 0 && percent < 10 ? "%.1f%%" : "%.0f%%";
    return String.format(Locale.ENGLISH, form, percent);
  }

  /** Percent of {@code whole} that {@code part} is, 0 to 100: the width of a meter's bar. */
  public double percent(long part, long whole) {
    return whole <= 0 ? 0 : Math.min(100, Math.round(1000.0 * part / whole) / 10.0);
  }
}
