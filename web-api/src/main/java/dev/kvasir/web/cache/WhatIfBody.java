package dev.kvasir.web.cache;

import dev.kvasir.cache.WhatIf;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/** What policies would have hit at other budgets; all means what {@link WhatIf} says. */
@JsonbPropertyOrder({
  "node",
  "live",
  "requests",
  "askedBlocks",
  "seconds",
  "liveHitRatio",
  "curves"
})
public record WhatIfBody(
    String node,
    String live,
    int requests,
    long askedBlocks,
    double seconds,
    double liveHitRatio,
    List<Curve> curves) {
  /** One policy. */
  @JsonbPropertyOrder({"policy", "points"})
  public record Curve(String policy, List<Point> points) {}

  /** One budget. */
  @JsonbPropertyOrder({"budgetBytes", "hitRatio"})
  public record Point(long budgetBytes, double hitRatio) {}

  static WhatIfBody of(WhatIf what) {
    return new WhatIfBody(
        what.node(),
        what.live(),
        what.requests(),
        what.askedBlocks(),
        what.seconds(),
        what.liveHitRatio(),
        what.curves().stream().map(WhatIfBody::curve).toList());
  }

  private static Curve curve(WhatIf.Curve curve) {
    return new Curve(
        curve.policy(),
        curve.points().stream()
            .map(point -> new Point(point.budgetBytes(), point.hitRatio()))
            .toList());
  }
}
