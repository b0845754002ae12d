package dev.kvasir.cache.queue;

import dev.kvasir.completion.NoDecodeSlotException;

/** Where completions come in, unless the node is being drained. Safe for all threads. */
public final class Gate {
  private static final int RETRY_AFTER_SECONDS = 10;

  private final String node;
  private final Runnable refused;
  private volatile boolean closed;

  /**
   * An open gate.
   *
   * @param node name of the node
   * @param refused hears of each one that is turned away
   */
  public Gate(String node, Runnable refused) {
    this.node = node;
    this.refused = refused;
  }

  /**
   * Lets a completion in.
   *
   * @throws NoDecodeSlotException if the node is being drained
   */
  public void pass() {
    if (closed) {
      refused.run();
      throw new NoDecodeSlotException(
          "node %s is being drained and takes no new requests; ask another node".formatted(node),
          RETRY_AFTER_SECONDS);
    }
  }

  /** Turns away whoever comes. */
  public void close() {
    closed = true;
  }

  /** Lets in again. */
  public void open() {
    closed = false;
  }

  /** Name of the node. */
  public String node() {
    return node;
  }

  /** Whether it turns away. */
  public boolean isClosed() {
    return closed;
  }
}
