package dev.kvasir.engine.graph;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunOptions;

/** How sessions are opened and steps run: TensorFlow's threads and what it does to a graph. */
final class SessionOptions {
  /*
   * The first session of a process sets TensorFlow's threads for all others, so that each is opened with CONFIG.
   *
   * Two processors: each operation runs in one thread, and two run at a time, those of two shards of a layer. A thread
   * that shares a product with another one waits for it some 40 microseconds, 270 times a step, where a layer's two
   * shards meet twice. On more processors each operation uses all of them: nobody has measured shards there.
   *
   * A graph is optimized once: the second round that TensorFlow would go for changes nothing in ours, and takes as long.
   */

  /** Processors that the graph is divided for. */
  static final int SHARDS = processors() == 2 || processors() == 3 ? 2 : 1;

  private static final RewriterConfig OPTIMIZED_ONCE =
      RewriterConfig.newBuilder()
          .setMetaOptimizerIterations(RewriterConfig.NumIterationsType.ONE)
          .build();

  /** How each session is opened. */
  static final ConfigProto CONFIG =
      ConfigProto.newBuilder()
          .setIntraOpParallelismThreads(SHARDS == 1 ? processors() : 1)
          .setInterOpParallelismThreads(SHARDS)
          .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(OPTIMIZED_ONCE))
          .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true)) // others use the GPU, too
          .build();

  /** How each step is run: one operation after another in the caller's thread, or in SHARDS. */
  static final RunOptions RUN =
      RunOptions.newBuilder().setInterOpThreadPool(SHARDS == 1 ? -1 : 0).build();

  private SessionOptions() {}

  static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }
}
