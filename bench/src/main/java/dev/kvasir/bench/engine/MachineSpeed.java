package dev.kvasir.bench.engine;

import dev.kvasir.bench.report.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.family.TFloating;

/**
 * How fast all cores together read memory and multiply matrices, at best.
 *
 * @param bytesPerMilli read from memory, far more than the caches hold
 * @param operationsPerMilli additions and multiplications of TensorFlow's product of two large
 *     square matrices
 */
record MachineSpeed(double bytesPerMilli, double operationsPerMilli) {
  private static final int BYTES_OF_A_CORE = 192 << 20; // each of two arrays
  private static final int MATRIX_SIZE = 2_048;
  private static final int TRIES = 6;

  /** How many threads TensorFlow has for an operation is up to the process's first session. */
  private static final RunOptions IN_CALLERS_THREAD =
      RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  /** Measures for some seconds; takes 2 * 192 MiB a core of heap. */
  static <T extends TFloating> MachineSpeed measure(Class<T> numbers) {
    return new MachineSpeed(measureReads(), measureProducts(numbers));
  }

  /** Comparing equal arrays is the plain Java loop that reads with the widest instructions. */
  private static double measureReads() {
    int cores = Machine.cores();
    byte[][] arrays = new byte[2 * cores][BYTES_OF_A_CORE];
    List<Callable<Boolean>> readers = new ArrayList<>();
    for (int core = 0; core < cores; core++) {
      byte[] one = arrays[2 * core];
      byte[] other = arrays[2 * core + 1];
      readers.add(() -> Arrays.equals(one, other));
    }
    return arrays.length * (double) BYTES_OF_A_CORE / bestOfAllCores(readers);
  }

  /** A product on each core. */
  private static <T extends TFloating> double measureProducts(Class<T> numbers) {
    Shape shape = Shape.of(MATRIX_SIZE, MATRIX_SIZE);
    try (Graph graph = new Graph();
        Session session = new Session(graph);
        T matrix = Tensor.of(numbers, shape)) {
      Ops tf = Ops.create(graph);
      Placeholder<T> a = tf.placeholder(numbers, Placeholder.shape(shape));
      MatMul<T> product = tf.linalg.matMul(a, a);
      Callable<Boolean> once =
          () -> {
            session
                .runner()
                .setOptions(IN_CALLERS_THREAD)
                .feed(a, matrix)
                .addTarget(product)
                .run()
                .close();
            return true;
          };
      int cores = Machine.cores();
      double millis = bestOfAllCores(Collections.nCopies(cores, once));
      return cores * 2.0 * MATRIX_SIZE * MATRIX_SIZE * MATRIX_SIZE / millis;
    }
  }

  /** Milliseconds until all are done, each in a thread of its own; the best try. */
  private static double bestOfAllCores(List<Callable<Boolean>> work) {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      return best(() -> millis(() -> awaitAll(threads, work)));
    } finally {
      threads.shutdown();
    }
  }

  private static void awaitAll(ExecutorService threads, List<Callable<Boolean>> work) {
    try {
      for (Future<Boolean> done : threads.invokeAll(work)) {
        if (!done.get()) {
          throw new AssertionError("two arrays of zeros differ");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
    } catch (ExecutionException e) {
      throw new AssertionError("measuring the machine failed", e);
    }
  }

  private static double best(DoubleSupplier millis) {
    return DoubleStream.generate(millis).limit(TRIES).min().orElseThrow();
  }

  private static double millis(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }
}
