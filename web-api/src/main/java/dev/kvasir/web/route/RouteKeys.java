package dev.kvasir.web.route;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.web.fault.RequestFault;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names of blocks in a query. */
final class RouteKeys {
  /** More than the blocks of the longest context, and a query that servers take. */
  static final int MAX_KEYS = 100;

  private static final Pattern KEY = Pattern.compile("[0-9a-f]{%d}".formatted(2 * BlockHash.BYTES));

  private RouteKeys() {}

  /**
   * Reads them.
   *
   * @throws RequestFault if there is none, one is not as it must be, or there are too many
   */
  static List<BlockHash> of(@Nullable String keys) {
    if (keys == null || keys.isBlank()) {
      throw RequestFault.missing(
          "keys",
          "keys is missing; send names of a prompt's blocks, in order, between commas: the route.key"
              + " of an answer's kvasir object is one.");
    }
    List<String> names = Stream.of(keys.split(",", -1)).map(String::strip).toList();
    if (names.size() > MAX_KEYS) {
      throw RequestFault.invalid(
          "keys",
          "keys has %d names, but may have %d; the last of a prompt's blocks is enough."
              .formatted(names.size(), MAX_KEYS));
    }
    return names.stream().map(RouteKeys::key).toList();
  }

  private static BlockHash key(String name) {
    String digits = name.toLowerCase(Locale.ROOT);
    if (!KEY.matcher(digits).matches()) {
      throw RequestFault.invalid(
          "keys", "keys must be names of 64 hexadecimal digits each, between commas.");
    }
    return BlockHash.parse(digits);
  }
}
