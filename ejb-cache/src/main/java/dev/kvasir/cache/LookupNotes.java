package dev.kvasir.cache;

import dev.kvasir.completion.LoadEstimate;
import org.jspecify.annotations.Nullable;

/**
 * What a lookup knew beyond its reason.
 *
 * @param absentBlocks at the end of the prefix, which the store does not have
 * @param absence why the first of these is not there
 * @param estimate of loading the blocks before them; null if there were none
 */
public record LookupNotes(int absentBlocks, Absence absence, @Nullable LoadEstimate estimate) {
  /** Nothing is absent, and nothing was to be loaded. */
  public static final LookupNotes NONE = new LookupNotes(0, Absence.FIRST_SEEN, null);

  /** With what a decision to load, or not, expects. */
  public LookupNotes with(LoadEstimate expected) {
    return new LookupNotes(absentBlocks, absence, expected);
  }
}
