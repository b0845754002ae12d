package dev.kvasir.web.route;

import dev.kvasir.web.fault.RequestFault;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Another node's answer while it is read: a read that waits ends once the other node or the client
 * has gone. One reader.
 */
final class WatchedAnswer extends FilterInputStream {
  /*
   * A node that loses power says nothing more and closes nothing: who reads its answer would wait
   * for ever, and write nothing by which to notice that the client has left. So a task looks after
   * both, and closes the answer, which wakes the reader.
   *
   * Bytes that come say more than the cluster, which may not know for a moment who is in it: it is
   * asked only while nothing comes, and believed when it says the same twice.
   */
  private static final System.Logger LOG = System.getLogger(WatchedAnswer.class.getName());
  private static final int LOOKS = 2;

  private enum Gone {
    NOBODY,
    CLIENT,
    NODE
  }

  private final BooleanSupplier connected;
  private final BooleanSupplier inCluster;
  private final Future<?> looking;
  private volatile Gone gone = Gone.NOBODY;
  private volatile boolean cameLately;
  private int missed; // looks in a row that did not see the node; task only

  /**
   * @param connected whether the client is there
   * @param inCluster whether the other node is
   * @param scheduler looks
   */
  WatchedAnswer(
      InputStream answer,
      BooleanSupplier connected,
      BooleanSupplier inCluster,
      ScheduledExecutorService scheduler) {
    super(answer);
    this.connected = connected;
    this.inCluster = inCluster;
    looking =
        scheduler.scheduleWithFixedDelay(
            this::look, NodeCall.LOOK_MILLIS, NodeCall.LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (!connected.getAsBoolean()) {
      cut(Gone.CLIENT);
      return;
    }
    missed = cameLately || isInCluster() ? 0 : missed + 1;
    cameLately = false;
    if (missed >= LOOKS) {
      cut(Gone.NODE);
    }
  }

  private boolean isInCluster() {
    try {
      return inCluster.getAsBoolean();
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "it cannot be told whether another node is in the cluster", e);
      return false;
    }
  }

  private void cut(Gone who) {
    gone = who;
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException("a connection that nobody reads any more", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  /**
   * As ever.
   *
   * @throws RequestFault if the client has left
   * @throws IOException if the other node has, or breaks its answer off
   */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      int read = in.read(bytes, offset, length);
      cameLately = true;
      return read;
    } catch (IOException e) {
      throw reason(e);
    }
  }

  private IOException reason(IOException cause) {
    return switch (gone) {
      case CLIENT -> throw RequestFault.clientLeft();
      case NODE -> new IOException("it left the cluster", cause);
      case NOBODY -> cause;
    };
  }

  @Override
  public void close() throws IOException {
    boolean unused = looking.cancel(false);
    super.close();
  }
}
