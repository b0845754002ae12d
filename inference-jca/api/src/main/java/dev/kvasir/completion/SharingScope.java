package dev.kvasir.completion;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Among whom blocks are shared, the widest first; never beyond what the tenant may share. */
public enum SharingScope {
  /** All with whom the tenant shares: as far as consent goes, never further. */
  GLOBAL,
  /** Those of the tenant's sharing group, if it is in one, else its own. */
  TENANT_GROUP,
  /** The tenant's own requests. */
  TENANT,
  /** Requests of one conversation, as they name it. */
  SESSION,
  /** Nobody: the cache takes no part. */
  OFF;

  /** The name on the wire and in the configuration: lower case, with dashes. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The scope of a label.
   *
   * @throws IllegalArgumentException if it is none, with all that there are
   */
  public static SharingScope named(String label) {
    return Arrays.stream(values())
        .filter(scope -> scope.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of "
                        + Arrays.stream(values())
                            .map(SharingScope::label)
                            .collect(Collectors.joining(", "))));
  }

  /** The narrower of both. */
  public SharingScope and(SharingScope other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
