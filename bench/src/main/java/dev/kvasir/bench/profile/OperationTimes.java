package dev.kvasir.bench.profile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.StepStats;

/** Time of a traced step by type of operation. */
final class OperationTimes {
  /**
   * All operations of one type.
   *
   * @param type TensorFlow's name of it, such as {@code _MklNativeFusedMatMul}
   */
  record Operation(String type, int count, double millis) {}

  private final Map<String, Operation> byType = new HashMap<>();

  /** Adds up the operations of a step on all devices. */
  OperationTimes(StepStats step) {
    for (DeviceStepStats device : step.getDevStatsList()) {
      for (NodeExecStats node : device.getNodeStatsList()) {
        double millis = (node.getOpEndRelNanos() - node.getOpStartRelNanos()) / 1e6;
        byType.merge(type(node), new Operation(type(node), 1, millis), OperationTimes::sum);
      }
    }
  }

  private static Operation sum(Operation a, Operation b) {
    return new Operation(a.type(), a.count() + b.count(), a.millis() + b.millis());
  }

  /** Labels are {@code name = Type(inputs)}, sometimes the name alone. */
  private static String type(NodeExecStats node) {
    String label = node.getTimelineLabel();
    int equals = label.indexOf(" = ");
    return equals < 0
        ? node.getNodeName().replaceAll("(_\\d+)?$", "")
        : label.substring(equals + 3).replaceAll("\\(.*", "");
  }

  /** By type, those that took longest first. */
  List<Operation> all() {
    return byType.values().stream()
        .sorted(Comparator.comparingDouble(Operation::millis).reversed())
        .toList();
  }

  double totalMillis() {
    return byType.values().stream().mapToDouble(Operation::millis).sum();
  }
}
