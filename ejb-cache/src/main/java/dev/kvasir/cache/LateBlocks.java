package dev.kvasir.cache;

import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BackwardBlocks;
import java.util.List;

/**
 * Reads of a run's blocks, all asked for, that are taken from its end while the prompt is computed
 * from its front. One thread, which closes it.
 */
public interface LateBlocks extends BackwardBlocks, AutoCloseable {
  /** Where those that came are from, the last block of the run first. */
  List<Source> sources();

  /** Why not more came; {@link MissReason#MEANWHILE} if more were not waited for, or all came. */
  MissReason reason();

  /** Milliseconds from asking until the last of those that came, or until now if none did. */
  double millis();

  /** Gives up those that did not come. */
  @Override
  void close();
}
