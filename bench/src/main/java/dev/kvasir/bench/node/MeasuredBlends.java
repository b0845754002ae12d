package dev.kvasir.bench.node;

import dev.kvasir.completion.Blend;
import dev.kvasir.completion.BlendKind;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The policies of reused passages, each with the parameters that it is measured with. */
final class MeasuredBlends {
  /** Those of passages as they are. */
  static final List<Blend> ALL =
      Stream.of(
              Stream.of(Blend.of(BlendKind.NONE), Blend.of(BlendKind.EPIC)),
              DoubleStream.of(0, 0.05, 0.15, 0.3, 0.5, 1)
                  .mapToObj(ratio -> new Blend(BlendKind.CACHEBLEND, ratio)),
              Stream.of(Blend.of(BlendKind.FULL)))
          .flatMap(blends -> blends)
          .toList();

  /** Those that take earlier texts. */
  static final List<Blend> OF_EDITED =
      DoubleStream.of(0, 0.15, 0.3, 1)
          .mapToObj(ratio -> new Blend(BlendKind.KVSHARE, ratio))
          .toList();

  private MeasuredBlends() {}

  /** Its name among the figures. */
  static String label(Blend blend) {
    String kind = blend.kind().label();
    return blend.kind().hasRatio() ? kind + " " + blend.ratio() : kind;
  }

  /** Whether its answers must be the exact ones. */
  static boolean recomputeAll(Blend blend) {
    return switch (blend.kind()) {
      case NONE, EPIC -> false;
      case CACHEBLEND, KVSHARE -> blend.ratio() == 1;
      case FULL -> true;
    };
  }
}
