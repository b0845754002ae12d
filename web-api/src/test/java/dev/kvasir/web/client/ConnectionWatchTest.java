package dev.kvasir.web.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.web.client.OpenConnections.Connection;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ConnectionWatchTest {
  private static final long SECOND = 1_000_000_000;

  private Set<Connection> open = Set.of(connection("10.0.0.7", 5000));
  private long nanos;
  private int looks;
  private Runnable duringLook = () -> {};

  private final ConnectionWatch watch =
      new ConnectionWatch(
          () -> nanos,
          () -> {
            looks++;
            duringLook.run();
            return new OpenConnections(open);
          });

  @Test
  void isOpen_clientLeaves_seenWithinASecond() {
    ClientConnection client = watch.of(9080, "10.0.0.7", 5000);
    assertTrue(client.isOpen());

    open = Set.of();
    assertTrue(client.isOpen());
    nanos += SECOND;
    assertFalse(client.isOpen());
  }

  @Test
  void isOpen_manyTokens_oneLookASecond() {
    ClientConnection client = watch.of(9080, "10.0.0.7", 5000);
    for (int token = 0; token < 1_000; token++) {
      assertTrue(client.isOpen());
    }
    assertEquals(1, looks);
  }

  @Test
  void isOpen_cameAfterTheLastLook_looksAgain() {
    watch.of(9080, "10.0.0.7", 5000);
    open = Set.of(connection("10.0.0.8", 6000));

    ClientConnection client = watch.of(9080, "10.0.0.8", 6000);

    open = Set.of();
    nanos += SECOND;
    assertFalse(client.isOpen());
  }

  @Test
  void isOpen_anotherLooks_oldLookWithoutWaiting() {
    ClientConnection client = watch.of(9080, "10.0.0.7", 5000);
    open = Set.of();
    nanos += SECOND;
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    // The look lasts until another thread has its answer.
    duringLook =
        () ->
            answer
                .completeAsync(() -> watch.wasOpen(connection("10.0.0.7", 5000)))
                .orTimeout(10, TimeUnit.SECONDS)
                .join();

    assertFalse(client.isOpen());
    assertTrue(answer.join());
    assertEquals(2, looks);
  }

  @Test
  void isOpen_neverListed_neverGone() {
    ClientConnection hidden = watch.of(9080, "client.example", 5000);

    nanos += SECOND;
    assertTrue(hidden.isOpen());
  }

  private static Connection connection(String clientAddress, int clientPort) {
    return new Connection(9080, new InetSocketAddress(clientAddress, clientPort));
  }
}
