package dev.kvasir.cache.audit;

import java.time.Instant;

/**
 * Something that somebody did, or tried to. Texts are cut to their bounds and hold no control
 * characters; nobody passes a prompt, a token id, a password or a key.
 *
 * @param when by the clock of the node where it happened
 * @param who name of a user, {@code key ID}, or {@code -} if nobody can tell; 64 characters
 * @param what in words that can be searched for, such as {@code PUT /api/cache/policy}; 96
 *     characters
 * @param target what it was done to, may be empty; 256 characters
 * @param address from where it was asked, may be empty; 64 characters
 * @param outcome what came of it
 */
public record AuditEvent(
    Instant when, String who, String what, String target, String address, Outcome outcome) {
  private static final int MAX_WHO = 64;
  private static final int MAX_WHAT = 96;
  private static final int MAX_TARGET = 256;
  private static final int MAX_ADDRESS = 64;

  /** What came of it. */
  public enum Outcome {
    /** It was done. */
    DONE,
    /** It was not: whoever asked may not, or asked for what cannot be. */
    REFUSED,
    /** It was begun, and the server failed. */
    FAILED
  }

  public AuditEvent {
    who = who.isBlank() ? "-" : plain(who, MAX_WHO);
    what = plain(what, MAX_WHAT);
    target = plain(target, MAX_TARGET);
    address = plain(address, MAX_ADDRESS);
  }

  private static String plain(String text, int maxLength) {
    String cut = text.length() <= maxLength ? text : text.substring(0, maxLength);
    return cut.replaceAll("\\p{Cntrl}", " ").strip();
  }
}
