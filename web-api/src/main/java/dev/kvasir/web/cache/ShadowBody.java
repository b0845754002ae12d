package dev.kvasir.web.cache;

import dev.kvasir.cache.ShadowReport;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/** What other policies would have hit on the requests of the node that answers. */
@JsonbPropertyOrder({"node", "live", "shadows", "droppedRequests"})
public record ShadowBody(String node, String live, List<Shadow> shadows, long droppedRequests) {
  /** One shadow; sizes in blocks. */
  @JsonbPropertyOrder({
    "policy",
    "askedBlocks",
    "hitRatio",
    "liveHitRatio",
    "recentHitRatio",
    "recentLiveHitRatio",
    "blocks",
    "capacityBlocks",
    "sampledOf"
  })
  public record Shadow(
      String policy,
      long askedBlocks,
      double hitRatio,
      double liveHitRatio,
      double recentHitRatio,
      double recentLiveHitRatio,
      int blocks,
      int capacityBlocks,
      int sampledOf) {}

  static ShadowBody of(ShadowReport report) {
    return new ShadowBody(
        report.node(),
        report.live(),
        report.runs().stream().map(ShadowBody::shadow).toList(),
        report.droppedRequests());
  }

  private static Shadow shadow(ShadowReport.Run run) {
    return new Shadow(
        run.policy(),
        (long) run.whole().askedBlocks(),
        run.whole().hitRatio(),
        run.whole().liveHitRatio(),
        run.recent().hitRatio(),
        run.recent().liveHitRatio(),
        run.blocks(),
        run.capacityBlocks(),
        run.sampledOf());
  }
}
