package dev.kvasir.console;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The console's texts, from the same bundle that the pages use. */
public final class Texts {
  /** Base name of the bundle. */
  public static final String BUNDLE = "dev.kvasir.console.messages";

  private static final ResourceBundle TEXTS = ResourceBundle.getBundle(BUNDLE, Locale.ENGLISH);

  private Texts() {}

  /** The text of {@code key} with {@code {0}}, {@code {1}} filled in. */
  public static String of(String key, Object... arguments) {
    return new MessageFormat(TEXTS.getString(key), Locale.ENGLISH).format(arguments);
  }

  /** A message of ours, which begin small and end without a dot, as a sentence. */
  public static String sentence(@Nullable String message) {
    if (message == null || message.isEmpty()) {
      return "";
    }
    return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
  }

  /** The text of {@code key}, or {@code fallback} where the bundle has none. */
  public static String orElse(String key, String fallback) {
    try {
      return TEXTS.getString(key);
    } catch (MissingResourceException e) {
      return fallback;
    }
  }
}
