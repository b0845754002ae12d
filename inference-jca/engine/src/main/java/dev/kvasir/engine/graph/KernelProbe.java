package dev.kvasir.engine.graph;

import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.NumberType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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

/**
 * Finds out which {@link KernelForm} runs here, by running each product of the oneDNN form once.
 */
public final class KernelProbe {
  private static final Logger LOG = System.getLogger(KernelProbe.class.getName());
  private static final int SIZE = 64;
  private static final double LARGEST_DIFFERENCE = 0.25; // sums of 64 products of about 1, in bf16

  private KernelProbe() {}

  /** The fastest form whose products run and agree with the plain ones. */
  public static KernelForm fastest(NumberType numbers) {
    return numbers == NumberType.BF16 ? fastest(TBfloat16.class) : fastest(TFloat32.class);
  }

  private static <T extends TFloating> KernelForm fastest(Class<T> type) {
    float[] expected = products(type, KernelForm.PLAIN);
    try {
      float[] actual = products(type, KernelForm.ONEDNN);
      for (int i = 0; i < expected.length; i++) {
        if (!(Math.abs(expected[i] - actual[i]) <= LARGEST_DIFFERENCE)) {
          LOG.log(Level.INFO, "oneDNN products differ from plain ones: the plain form is used");
          return KernelForm.PLAIN;
        }
      }
      return KernelForm.ONEDNN;
    } catch (RuntimeException e) { // TensorFlow's answer to operations that it does not have
      LOG.log(Level.INFO, "no oneDNN products here, the plain form is used: {0}", e.getMessage());
      return KernelForm.PLAIN;
    }
  }

  /**
   * Runs one product on the first GPU.
   *
   * @throws ModelLoadException if there is none that TensorFlow can use
   */
  public static void requireGpu() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
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
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Kernels<T> kernels =
          form == KernelForm.ONEDNN ? new OneDnnKernels<>(tf, type) : new PlainKernels<>(tf, type);
      Operand<T> a = random(tf, type, 1);
      Operand<T> b = random(tf, type, 2);
      Operand<TFloat32> all =
          tf.stack(
              java.util.List.of(
                  wide(tf, kernels.linear(a, b)),
                  wide(tf, kernels.linearAdd(a, b, random(tf, type, 3))),
                  wide(tf, kernels.batchMatMul(cube(tf, a), cube(tf, b))),
                  wide(
                      tf,
                      kernels.maskedScores(
                          cube(tf, a),
                          cube(tf, b),
                          tf.dtypes.cast(tf.constant(0.125f), type),
                          cube(tf, random(tf, type, 4))))));
      try (Result result = session.runner().fetch(all).run()) {
        float[] numbers = new float[4 * SIZE * SIZE];
        ((TFloat32) result.get(0)).copyTo(DataBuffers.of(numbers, false, false));
        return numbers;
      }
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
