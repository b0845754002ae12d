package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that ask for a whole answer and close the connection before it is there. */
@ExtendWith(KvasirCluster.Shared.class)
final class ClientLeavesIT {
  /** Steps of some ten seconds on two cores. */
  private static final int MANY_TOKENS = 1_900;

  private static final int SECONDS = 5;

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

  private void assertGivenUp(boolean reset) throws Exception {
    KvasirClient client = node.client();
    assertEquals(0, client.usedBlocks());
    long cancelled = cancelled();
    long steps = client.metric("kvasir_inter_token_seconds_count", "");

    URI uri = node.uri("/v1/completions");
    try (Socket socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort())) {
      socket.getOutputStream().write(request(uri));
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

  private byte[] request(URI uri) {
    String body =
        Json.createObjectBuilder()
            .add("model", "default")
            .add("prompt", "Once upon a time")
            .add("max_tokens", MANY_TOKENS)
            .add("ignore_eos", true)
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
