package dev.kvasir.cache;

import java.util.Locale;

/** What a node does not serve by plain HTTP; configured as {@link #KEY}. */
public enum HttpsOnly {
  /** Nothing: all is served by either. */
  OFF,
  /** The console's pages, which are asked for a password. */
  CONSOLE,
  /** The console and the API; health and metrics stay. */
  ALL;

  /** Name of the configuration's value. */
  public static final String KEY = "kvasir.https.only";

  /** What holds where nothing is configured, as the configuration spells it. */
  public static final String DEFAULT = "console";

  /**
   * The configuration's value, which was checked at the start.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static HttpsOnly of(String value) {
    return valueOf(value.toUpperCase(Locale.ROOT));
  }
}
