package dev.kvasir.web.audit;

import dev.kvasir.cache.audit.AuditQuery;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.WireTime;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The filter in an audit query, as it came. */
public class AuditParameters {
  private static final int DEFAULT_LIMIT = 100;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

  @QueryParam("from")
  @Nullable String from;

  @QueryParam("who")
  @Nullable String who;

  @QueryParam("what")
  @Nullable String what;

  @QueryParam("limit")
  @Nullable String limit;

  @QueryParam("cursor")
  @Nullable String cursor;

  /**
   * The query.
   *
   * @throws RequestFault naming the first parameter that is not as it must be
   */
  AuditQuery query() {
    return new AuditQuery(time(from), or(who), or(what), number(limit), or(cursor));
  }

  private static Instant time(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return Instant.EPOCH;
    }
    return WireTime.parse("from", text);
  }

  private static int number(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return DEFAULT_LIMIT;
    }
    int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (number < 1 || number > AuditQuery.MAX_LIMIT) {
      throw RequestFault.invalid(
          "limit", "limit must be a whole number from 1 to %d.".formatted(AuditQuery.MAX_LIMIT));
    }
    return number;
  }

  private static String or(@Nullable String text) {
    return text == null ? "" : text;
  }
}
