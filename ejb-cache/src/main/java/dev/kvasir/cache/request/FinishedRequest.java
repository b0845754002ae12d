package dev.kvasir.cache.request;

import dev.kvasir.cache.RequestSummary;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvLayout;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request at its end, however it ended.
 *
 * @param summary what became of it
 * @param phases where its time went; those that it did not reach are not in it
 * @param layout of the model's blocks; null if the request failed before it was known
 * @param blocks names of its prompt's shareable blocks; none without the cache
 */
public record FinishedRequest(
    RequestSummary summary,
    Map<Phase, Phase.Span> phases,
    @Nullable KvLayout layout,
    List<BlockHash> blocks) {
  public FinishedRequest {
    phases = Map.copyOf(phases);
    blocks = List.copyOf(blocks);
  }
}
