package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a server does between a conversation's turns. */
@ExtendWith(KvasirCluster.Shared.class)
final class IdlePrefillIT {
  private static final int SECONDS = 20;
  private static final int ANSWER_TOKENS = 200;
  private static final int LEAST_BLOCKS = 3;

  private final KvasirClient client;

  IdlePrefillIT(KvasirCluster cluster) throws Exception {
    client = cluster.a().client();
  }

  @Test
  void answer_nobodyComes_itsBlocksGoToTheGrid() throws Exception {
    long shared = shared();
    long published = published();
    String body =
        Json.createObjectBuilder()
            .add("model", "default")
            .add("prompt", "A text that nobody has asked for before " + System.nanoTime())
            .add("max_tokens", ANSWER_TOKENS)
            .add("ignore_eos", true)
            .build()
            .toString();
    KvasirClient.expectOk(client.post("/v1/completions", body));

    Await.until(SECONDS, () -> shared() >= shared + LEAST_BLOCKS, () -> "nothing is prefilled");
    Await.until(
        SECONDS, () -> published() >= published + LEAST_BLOCKS, () -> "nothing is published");
    assertTrue(client.metric("kvasir_idle_prefill_tokens_total", "") >= 64 * LEAST_BLOCKS);
  }

  private long shared() throws Exception {
    return client.metric("kvasir_idle_prefill_blocks_total", "result=\"shared\"");
  }

  private long published() throws Exception {
    return client.metric("kvasir_published_blocks_total", "");
  }
}
