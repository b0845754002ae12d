package dev.kvasir.completion;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** By what a request is found again: in its answer, the access log and the explanations. */
public final class RequestId {
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

  private RequestId() {}

  /** Whether it is 1 to 128 letters, digits and {@code . _ : / + = @ -}. */
  public static boolean isValid(String id) {
    return VALID.matcher(id).matches();
  }

  /** The id that a caller gave, if it is valid; else a new one. */
  public static String orNew(@Nullable String given) {
    return given != null && isValid(given) ? given : random();
  }

  /** One that nobody else has: 32 hexadecimal digits. */
  public static String random() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
