package dev.kvasir.engine.graph;

import java.util.Locale;

/**
 * Which operations the graph is made of. The forms differ in the last bits, so blocks of one never
 * enter the other.
 */
public enum KernelForm {
  /** oneDNN's fused operations, internal to TensorFlow's CPU build. */
  ONEDNN,
  /** As {@link #ONEDNN}, with 8 bits for weights and for what they are multiplied with. */
  INT8,
  /** TensorFlow's public operations: any processor, and the GPU. */
  PLAIN;

  /**
   * Whether a norm's weight is multiplied into the projections behind it when they are loaded. Rows
   * of 8 bits are the truer the less one number stands out, and the norm's weight evens that out.
   */
  boolean foldsNorms() {
    return this != INT8;
  }

  /** Lower-case name. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
