package dev.kvasir.completion;

import dev.kvasir.inference.GeneratedToken;

/**
 * Takes the tokens of all answers as they come, on the thread that asked for them; in another
 * application of the server also in the context (class loader, {@code java:comp}) that asked.
 */
@FunctionalInterface
public interface TokenSink {
  /**
   * Takes the next token.
   *
   * @return false to cancel: nobody listens any more
   */
  boolean accept(GeneratedToken token);

  /**
   * Whether somebody still waits for tokens; asked about once a second until the first one comes.
   *
   * @return false to cancel
   */
  default boolean isWanted() {
    return true;
  }
}
