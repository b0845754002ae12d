package dev.kvasir.engine.graph;

import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.NumberType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Random;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** Finds out which {@link KernelForm} runs here, by running each of its products once. */
public final class KernelProbe {
  private static final Logger LOG = System.getLogger(KernelProbe.class.getName());
  private static final int SIZE = 64;
  private static final double LARGEST_DIFFERENCE = 0.25; // sums of 64 products of about 1, in bf16

  private KernelProbe() {}

  /** The fastest form of full weights whose products run and agree with the plain ones. */
  public static KernelForm fastest(NumberType numbers) {
    return runs(KernelForm.ONEDNN, numbers) ? KernelForm.ONEDNN : KernelForm.PLAIN;
  }

  /** The form of 8-bit weights, or else the {@linkplain #fastest fastest}. */
  public static KernelForm fastestWithInt8(NumberType numbers) {
    if (runs(KernelForm.INT8, numbers)) {
      return KernelForm.INT8;
    }
    LOG.log(
        Level.WARNING,
        "KVASIR-EN06 weights of 8 bits were asked for, but their products do not run here, or not"
            + " exactly (they need a processor with VNNI or AMX): weights stay full, in {0}",
        numbers);
    return fastest(numbers);
  }

  private static boolean runs(KernelForm form, NumberType numbers) {
    return numbers == NumberType.BF16 ? runs(form, TBfloat16.class) : runs(form, TFloat32.class);
  }

  private static <T extends TFloating> boolean runs(KernelForm form, Class<T> type) {
    float[] expected = products(type, KernelForm.PLAIN);
    try {
      float[] actual = products(type, form);
      for (int i = 0; i < expected.length; i++) {
        if (!(Math.abs(expected[i] - actual[i]) <= LARGEST_DIFFERENCE)) {
          LOG.log(Level.INFO, "{0} products differ from plain ones", form);
          return false;
        }
      }
      return true;
    } catch (RuntimeException e) { // TensorFlow's answer to operations that it does not have
      LOG.log(Level.INFO, "no {0} products here: {1}", form, e.getMessage());
      return false;
    }
  }

  /**
   * Runs one product on the first GPU.
   *
   * @throws ModelLoadException if there is none that TensorFlow can use
   */
  public static void requireGpu() {
    try (Graph graph = new Graph();
        Session session = new Session(graph, SessionOptions.CONFIG)) {
      Ops tf =
          Ops.create(graph)
              .withDevice(
                  DeviceSpec.newBuilder()
                      .deviceType(DeviceSpec.DeviceType.GPU)
                      .deviceIndex(0)
                      .build());
      Operand<TFloat32> ones = tf.constant(new float[][] {{1, 1}, {1, 1}});
      session.runner().fetch(tf.linalg.matMul(ones, ones)).run().close();
    } catch (RuntimeException e) { // TensorFlow's answer to a device that it does not have
      throw new ModelLoadException(
          "no GPU that TensorFlow can use: it needs the GPU build of its native library, CUDA 12 and cuDNN 9; start"
              + " without --gpu to compute on the CPU",
          e);
    }
  }

  /** One of each product on the same random numbers, (4, SIZE, SIZE) flattened. */
  private static <T extends TFloating> float[] products(Class<T> type, KernelForm form) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, SessionOptions.CONFIG)) {
      Ops tf = Ops.create(graph);
      Variables<T> variables = new Variables<>(tf, type);
      Kernels<T> kernels = Kernels.of(form, tf, variables);
      Projection weight = new Projection("weight", SIZE, SIZE, List.of());
      Operand<T> a = random(tf, type, 1);
      Operand<T> b = random(tf, type, 2);
      Operand<TFloat32> all =
          tf.stack(
              List.of(
                  wide(tf, kernels.linear(a, weight)),
                  wide(tf, kernels.linearAdd(a, weight, random(tf, type, 3))),
                  wide(tf, kernels.batchMatMul(cube(tf, a), cube(tf, b))),
                  wide(
                      tf,
                      kernels.maskedScores(
                          cube(tf, a),
                          cube(tf, b),
                          tf.dtypes.cast(tf.constant(0.125f), type),
                          cube(tf, random(tf, type, 4))))));
      fill(session, variables, b);
      try (Result result = session.runner().fetch(all).run()) {
        float[] numbers = new float[4 * SIZE * SIZE];
        ((TFloat32) result.get(0)).copyTo(DataBuffers.of(numbers, false, false));
        return numbers;
      }
    }
  }

  private static <T extends TFloating> void fill(
      Session session, Variables<T> variables, Operand<T> matrix) {
    try (Result value = session.runner().fetch(matrix).run()) {
      Session.Runner runner = session.runner();
      for (Variables.Weight<T> weight : variables.weights().values()) {
        runner.feed(weight.source(), value.get(0));
        weight.assigns().forEach(runner::addTarget);
      }
      runner.run().close();
    }
  }

  private static <T extends TFloating> Operand<T> random(Ops tf, Class<T> type, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[SIZE * SIZE];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    Operand<TFloat32> matrix =
        tf.constant(NdArrays.wrap(Shape.of(SIZE, SIZE), DataBuffers.of(numbers, true, false)));
    return tf.dtypes.cast(matrix, type);
  }

  private static <T extends TFloating> Operand<T> cube(Ops tf, Operand<T> matrix) {
    return tf.reshape(matrix, tf.constant(new int[] {1, 1, SIZE, SIZE}));
  }

  private static <T extends TFloating> Operand<TFloat32> wide(Ops tf, Operand<T> product) {
    return tf.reshape(tf.dtypes.cast(product, TFloat32.class), tf.constant(new int[] {SIZE, SIZE}));
  }
}
