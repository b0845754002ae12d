package dev.kvasir.cache.oracle;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.IdleRecompute;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.TokenIds;
import java.util.List;

/** Keeps an engine from its next step until it is released; what it is told is done meanwhile. */
final class HeldSteps {
  /*
   * The loop runs all commands before a step, so one that leaves another behind keeps it from
   * steps. Work for idle time does: taking it ends what waits, whose end is heard on the loop's
   * thread, and leaves new work there. Of the two that are about, one waits at most, so one is
   * always among the commands. Nothing is computed of them: their block stands nowhere.
   */
  private static final List<BlockHash> NOWHERE = List.of(new BlockHash(-1, -1, -1, -1));

  private final Model model;
  private volatile boolean held = true;

  HeldSteps(Model model) {
    this.model = model;
    leaveWork();
    leaveWork();
  }

  private void leaveWork() {
    model.recomputeIdle(
        new IdleRecompute(
            TokenIds.of(0),
            NOWHERE,
            0,
            ended -> {
              if (held) {
                leaveWork();
              }
            }));
  }

  void release() {
    held = false;
  }
}
