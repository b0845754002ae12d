package dev.kvasir.web.json;

import java.lang.reflect.RecordComponent;
import java.util.Locale;

/** The wire's names of record components, as JSON-B writes them. */
public final class WireNames {
  private WireNames() {}

  /** {@code topP} is {@code top_p}. */
  public static String of(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
