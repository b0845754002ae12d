package dev.kvasir.web.cache;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.web.fault.RequestFault;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How blocks are named in paths and queries. */
final class BlockQuery {
  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1_000;
  static final int MAX_OFFSET = 10_000_000;

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{0,64}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,8}");

  private BlockQuery() {}

  /**
   * Leading digits of a hash; empty for all.
   *
   * @throws RequestFault if it is not hexadecimal
   */
  static String prefix(@Nullable String prefix) {
    String digits = prefix == null ? "" : prefix.toLowerCase(Locale.ROOT);
    if (!HEX.matcher(digits).matches()) {
      throw RequestFault.invalid("prefix", "prefix must be up to 64 hexadecimal digits.");
    }
    return digits;
  }

  /**
   * Most blocks of an answer.
   *
   * @throws RequestFault if it is not a number from 1 to {@link #MAX_LIMIT}
   */
  static int limit(@Nullable String limit) {
    return limit(limit, MAX_LIMIT);
  }

  /** Likewise, with another maximum. */
  static int limit(@Nullable String limit, int max) {
    return limit == null ? DEFAULT_LIMIT : number("limit", limit, 1, max);
  }

  /**
   * Entries of a list to leave out; 0 if nothing is said.
   *
   * @throws RequestFault if it is not a number from 0 to {@link #MAX_OFFSET}
   */
  static int offset(@Nullable String offset) {
    return offset == null ? 0 : number("offset", offset, 0, MAX_OFFSET);
  }

  private static int number(String param, String digits, int min, int max) {
    int number = NUMBER.matcher(digits).matches() ? Integer.parseInt(digits) : -1;
    if (number < min || number > max) {
      throw RequestFault.invalid(
          param, "%s must be a whole number from %d to %d.".formatted(param, min, max));
    }
    return number;
  }

  /**
   * Where a page begins: behind the block that the page before it ended with.
   *
   * @throws RequestFault if it is no cursor
   */
  static @Nullable BlockHash cursor(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return null;
    }
    if (cursor.length() != 2 * BlockHash.BYTES || !HEX.matcher(cursor).matches()) {
      throw RequestFault.invalid(
          "cursor", "cursor is none; send the next of the page before, or leave it out.");
    }
    return BlockHash.parse(cursor);
  }

  /**
   * A whole hash.
   *
   * @throws RequestFault if it is none
   */
  static BlockHash hash(String hash) {
    String digits = hash.toLowerCase(Locale.ROOT);
    if (digits.length() != 2 * BlockHash.BYTES || !HEX.matcher(digits).matches()) {
      throw RequestFault.invalid("hash", "hash must be 64 hexadecimal digits.");
    }
    return BlockHash.parse(digits);
  }
}
