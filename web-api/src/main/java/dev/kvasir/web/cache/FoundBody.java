package dev.kvasir.web.cache;

import dev.kvasir.cache.browse.PromptBlocks;
import dev.kvasir.inference.BlockHash;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which blocks of a prompt are cached; they mean what {@link PromptBlocks} says. */
@JsonbPropertyOrder({
  "tokens",
  "wholeBlocks",
  "gridBlocks",
  "poolBlocks",
  "diskBlocks",
  "last",
  "path"
})
public record FoundBody(
    int tokens,
    int wholeBlocks,
    int gridBlocks,
    int poolBlocks,
    int diskBlocks,
    @Nullable String last,
    List<RunsBody.Run> path) {
  static FoundBody of(PromptBlocks found) {
    BlockHash last = found.last();
    return new FoundBody(
        found.tokens(),
        found.wholeBlocks(),
        found.gridBlocks(),
        found.poolBlocks(),
        found.diskBlocks(),
        last == null ? null : last.toString(),
        RunsBody.runs(found.path()));
  }
}
