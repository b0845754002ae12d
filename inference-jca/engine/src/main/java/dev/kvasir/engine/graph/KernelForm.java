package dev.kvasir.engine.graph;

import java.util.Locale;

/**
 * Which operations the graph is made of. The forms differ in the last bits, so blocks of one never
 * enter the other.
 */
public enum KernelForm {
  /** oneDNN's fused operations, internal to TensorFlow's CPU build. */
  ONEDNN,
  /** TensorFlow's public operations: any processor, and the GPU. */
  PLAIN;

  /** Lower-case name. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
