package dev.kvasir.web.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.web.fault.FaultTable;
import dev.kvasir.web.fault.RequestFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatientStreamTest {
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void read_trickle_refusedOnceItsTimeIsOver() {
    RequestFault fault =
        assertThrows(RequestFault.class, () -> JsonText.parse(trickle(1_000), 1 << 20));
    assertEquals(408, FaultTable.of(fault).status());
    assertEquals(11, TimeUnit.NANOSECONDS.toSeconds(nanos.get()));
  }

  @Test
  void read_slowButInTime_whole() throws IOException {
    assertEquals(0, JsonText.parse(trickle(5), 1 << 20).size());
  }

  /** An empty object in so many bytes, one a second. */
  private InputStream trickle(int bytes) {
    byte[] body =
        " ".repeat(bytes - 2).concat("{}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    InputStream slow =
        new ByteArrayInputStream(body) {
          @Override
          public synchronized int read(byte[] into, int offset, int length) {
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
            return super.read(into, offset, Math.min(1, length));
          }
        };
    return new PatientStream(slow, 10, nanos::get);
  }
}
