package dev.kvasir.completion;

import java.util.Locale;

/** How urgent a request is, the most urgent first: the order in which waiting ones are served. */
public enum Priority {
  /** Before all others. */
  HIGH,
  /** Unless a request says otherwise. */
  NORMAL,
  /** When nothing else waits, or after a while. */
  LOW;

  /** The name in requests and metrics: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The next more urgent one; of the most urgent itself. */
  public Priority raised() {
    return this == LOW ? NORMAL : HIGH;
  }
}
