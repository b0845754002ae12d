package dev.kvasir.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RelayedStreamTest {
  private static final String EVENTS = "event: a\ndata: 1\n\ndata: 2\n\ndata: [DONE]\n\n";

  private final TestingClient client = new TestingClient();
  private boolean closed;

  private InputStream answer(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public void close() {
        closed = true;
      }
    };
  }

  /** An answer that breaks off behind this. */
  private InputStream broken(String text) {
    InputStream failing =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("connection reset");
          }
        };
    return new SequenceInputStream(answer(text), failing);
  }

  private static RelayedStream relayed(Optional<InputStream> there) {
    return new RelayedStream(() -> there, new NoFormat());
  }

  @Test
  void write_otherAnswers_itsEventsAsTheyCame() {
    assertTrue(relayed(Optional.of(answer(EVENTS))).write(client));
    assertEquals(List.of("event: a\ndata: 1", "data: 2", "data: [DONE]"), client.frames());
    assertTrue(closed);
  }

  @Test
  void write_otherDoesNot_nothing() {
    assertFalse(relayed(Optional.empty()).write(client));
    assertEquals(List.of(), client.events());
  }

  @Test
  void write_breaksOffBeforeItsFirstEvent_nothing() {
    InputStream answer = broken("data: 1\n");
    assertFalse(relayed(Optional.of(answer)).write(client));
    assertEquals(List.of(), client.events());
  }

  @Test
  void write_breaksOffLater_saysSoInTheStream() {
    InputStream answer = broken("data: 1\n\ndata: 2\n");
    assertTrue(relayed(Optional.of(answer)).write(client));
    assertEquals(2, client.events().size());
    assertEquals("1", client.events().get(0));
    assertTrue(client.events().get(1).contains("completion_failed"), client.events()::toString);
  }

  @Test
  void write_clientLeaves_otherHears() {
    assertTrue(relayed(Optional.of(answer(EVENTS))).write(client.leavingAfter(1)));
    assertEquals(1, client.frames().size());
    assertTrue(closed);
  }
}
