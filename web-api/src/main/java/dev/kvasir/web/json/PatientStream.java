package dev.kvasir.web.json;

import dev.kvasir.cache.Ticker;
import dev.kvasir.web.fault.RequestFault;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * A body that has to come within a time as a whole. The server's own limit is for each read, so a
 * client that sends a byte now and then would hold its thread for ever.
 */
final class PatientStream extends FilterInputStream {
  /** Most that is asked for at a time, so that the clock is looked at in between. */
  private static final int CHUNK_BYTES = 64 << 10;

  private final int seconds;
  private final Ticker ticker;
  private final long startNanos;

  PatientStream(InputStream body, int seconds, Ticker ticker) {
    super(body);
    this.seconds = seconds;
    this.ticker = ticker;
    this.startNanos = ticker.read();
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    requireInTime();
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, Math.min(length, CHUNK_BYTES));
    requireInTime();
    return read;
  }

  private void requireInTime() {
    if (ticker.read() - startNanos > TimeUnit.SECONDS.toNanos(seconds)) {
      throw RequestFault.tooSlow(
          "The body did not come within %d s; send it faster, or less of it.".formatted(seconds));
    }
  }
}
