package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that close the connection before their answer is there, or has begun. */
@ExtendWith(KvasirCluster.Shared.class)
final class ClientLeavesIT {
  /** Steps of some ten seconds on two cores. */
  private static final int MANY_TOKENS = 1_900;

  private static final int SECONDS = 5;

  /** Of a client that waits: a look a second, at what was seen a second ago. */
  private static final int LEFT_SECONDS = 3;

  /** By default. */
  private static final int SLOTS = 16;

  private final KvasirNode node;

  ClientLeavesIT(KvasirCluster cluster) throws Exception {
    node = cluster.a();
  }

  @Test
  void whole_clientCloses_givenUpWithinSeconds() throws Exception {
    assertGivenUp(false);
  }

  @Test
  void whole_clientResets_givenUpWithinSeconds() throws Exception {
    assertGivenUp(true);
  }

  @Test
  void waiting_clientCloses_leavesTheQueueWithinSeconds() throws Exception {
    assertLeavesQueue(false);
  }

  @Test
  void waitingForAStream_clientCloses_leavesTheQueueWithinSeconds() throws Exception {
    assertLeavesQueue(true);
  }

  private void assertLeavesQueue(boolean stream) throws Exception {
    KvasirClient client = node.client();
    Await.until(SECONDS, () -> client.usedBlocks() == 0, () -> "sequences run");
    long cancelled = cancelled();
    URI uri = node.uri("/v1/completions");
    List<Socket> running = new ArrayList<>();
    try {
      while (running.size() < SLOTS) {
        Socket socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort());
        running.add(socket);
        socket.getOutputStream().write(request(uri, false));
      }
      Await.until(SECONDS, () -> queued("running") == SLOTS, () -> "not all slots are taken");
      try (Socket socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort())) {
        socket.getOutputStream().write(request(uri, stream));
        Await.until(SECONDS, () -> queued("normal") == 1, () -> "it does not wait");
      }
      Await.until(LEFT_SECONDS, () -> queued("normal") == 0, () -> "it waits on");
      assertEquals(SLOTS, queued("running"), "nobody else has left");
      Await.until(SECONDS, () -> cancelled() == cancelled + 1, () -> "it was not counted");
    } finally {
      for (Socket socket : running) {
        socket.close();
      }
    }
    Await.until(SECONDS, () -> client.usedBlocks() == 0, () -> "sequences run on");
  }

  private int queued(String what) throws Exception {
    return node.client().adminGet("/api/cache/stats").getJsonObject("queue").getInt(what);
  }

  private void assertGivenUp(boolean reset) throws Exception {
    KvasirClient client = node.client();
    Await.until(SECONDS, () -> client.usedBlocks() == 0, () -> "blocks are held");
    long cancelled = cancelled();
    long steps = client.metric("kvasir_inter_token_seconds_count", "");

    URI uri = node.uri("/v1/completions");
    try (Socket socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort())) {
      socket.getOutputStream().write(request(uri, false));
      Await.until(SECONDS, () -> client.usedBlocks() > 0, () -> "no sequence runs");
      socket.setSoLinger(reset, 0);
    }

    Await.until(SECONDS, () -> client.usedBlocks() == 0, () -> "the sequence runs on");
    Await.until(SECONDS, () -> cancelled() == cancelled + 1, () -> "it was not cancelled");
    long computed = client.metric("kvasir_inter_token_seconds_count", "") - steps;
    assertTrue(computed < MANY_TOKENS - 1, computed + " steps for nobody");
  }

  private long cancelled() throws Exception {
    return node.client().metric("kvasir_requests_cancelled_total", "");
  }

  private byte[] request(URI uri, boolean stream) {
    String body =
        Json.createObjectBuilder()
            .add("model", "default")
            .add("prompt", "Once upon a time")
            .add("max_tokens", MANY_TOKENS)
            .add("ignore_eos", true)
            .add("stream", stream)
            .build()
            .toString();
    String request =
        """
        POST %s HTTP/1.1
        Host: %s
        Authorization: Bearer %s
        Content-Type: application/json
        Content-Length: %d

        %s\
        """
            .replace("\n", "\r\n")
            .formatted(uri.getPath(), uri.getAuthority(), node.tenantKey(), body.length(), body);
    return request.getBytes(StandardCharsets.UTF_8);
  }
}
