package dev.kvasir.web.cache;

import dev.kvasir.cache.DrainState;
import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * Whether a node takes new completions; see {@link DrainState}.
 *
 * @param node its name
 * @param draining whether it takes none
 * @param running completions that are not done
 * @param waiting those that wait for their turn
 */
@JsonbPropertyOrder({"node", "draining", "running", "waiting"})
public record DrainBody(String node, boolean draining, int running, int waiting) {
  static DrainBody of(DrainState state) {
    return new DrainBody(state.node(), state.draining(), state.running(), state.waiting());
  }
}
