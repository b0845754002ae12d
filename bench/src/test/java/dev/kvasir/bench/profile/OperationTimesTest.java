package dev.kvasir.bench.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.bench.profile.OperationTimes.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.StepStats;

class OperationTimesTest {
  @Test
  void all_operationsOfAType_areAddedUpAndOrderedByTime() {
    StepStats step =
        StepStats.newBuilder()
            .addDevStats(
                DeviceStepStats.newBuilder()
                    .addNodeStats(node("Linear_1 = _MklNativeFusedMatMul(Cast, Read)", 100, 500))
                    .addNodeStats(node("softmax = Softmax(scores)", 0, 3_000_000))
                    .addNodeStats(node("Linear_2 = _MklNativeFusedMatMul(Cast, Read)", 0, 600)))
            .addDevStats(DeviceStepStats.newBuilder().addNodeStats(node("_SOURCE", 0, 100)))
            .build();
    OperationTimes times = new OperationTimes(step);
    assertEquals(
        List.of(
            new Operation("Softmax", 1, 3.0),
            new Operation("_MklNativeFusedMatMul", 2, 0.001),
            new Operation("_SOURCE", 1, 0.0001)),
        times.all());
    assertEquals(3.0011, times.totalMillis(), 1e-9);
  }

  private static NodeExecStats node(String label, long startNanos, long endNanos) {
    return NodeExecStats.newBuilder()
        .setNodeName(label.replaceAll(" = .*", ""))
        .setTimelineLabel(label)
        .setOpStartRelNanos(startNanos)
        .setOpEndRelNanos(endNanos)
        .build();
  }
}
