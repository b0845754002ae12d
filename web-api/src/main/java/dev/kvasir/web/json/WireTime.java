package dev.kvasir.web.json;

import dev.kvasir.web.fault.RequestFault;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times on the wire: ISO 8601 with a zone. */
public final class WireTime {
  private WireTime() {}

  /**
   * The time that a text says.
   *
   * @throws RequestFault if it says none
   */
  public static Instant parse(String param, String text) {
    try {
      return OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeException e) {
      throw RequestFault.invalid(
          param,
          "%s is \"%s\", but must be a time with its zone, such as 2026-01-31T08:00:00Z."
              .formatted(param, text));
    }
  }
}
