package dev.kvasir.web.completion;

/** A client's short text as a message may repeat it. */
public final class Quoted {
  private static final int MAX_LENGTH = 100;

  private Quoted() {}

  /** The text without control characters, cut when long. */
  public static String of(String text) {
    String shown = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
    return shown.replaceAll("\\p{Cntrl}", "?");
  }
}
