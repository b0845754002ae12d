package dev.kvasir.web.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WatchedAnswerTest {
  private static final int BYTE = 200;

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  /** One byte, which comes late, or never if it is closed before. */
  private static final class Late extends InputStream {
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean closed;

    @Override
    public int read() throws IOException {
      try {
        over.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
      if (closed) {
        throw new IOException("closed");
      }
      return BYTE;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      bytes[offset] = (byte) read();
      return 1;
    }

    @Override
    public void close() {
      closed = true;
      over.countDown();
    }
  }

  private WatchedAnswer watched(InputStream answer, BooleanSupplier inCluster) {
    return new WatchedAnswer(answer, () -> true, inCluster, scheduler);
  }

  @Test
  void read_clusterMissesTheNodeOnce_waitsOn() throws IOException {
    Late late = new Late();
    AtomicInteger looks = new AtomicInteger();
    BooleanSupplier inCluster =
        () -> {
          if (looks.incrementAndGet() == 1) {
            return false;
          }
          late.over.countDown();
          return true;
        };
    try (InputStream answer = watched(late, inCluster)) {
      assertEquals(BYTE, answer.read());
    }
    assertTrue(looks.get() >= 2, looks::toString);
  }

  @Test
  void read_clusterCannotBeAsked_endsToo() throws IOException {
    BooleanSupplier stopped =
        () -> {
          throw new IllegalStateException("stopped");
        };
    try (InputStream answer = watched(new Late(), stopped)) {
      IOException failure = assertThrows(IOException.class, answer::read);
      assertEquals("it left the cluster", failure.getMessage());
    }
  }
}
