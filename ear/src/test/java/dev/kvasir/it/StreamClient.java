package dev.kvasir.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A client of one stream, with a socket of its own whose buffer is small: what it does not read
 * stays with the server. It speaks HTTP/1.0, whose answers come without chunks.
 *
 * @param node that is asked
 * @param notes in the prompt
 * @param tokens of the answer, exactly
 */
record StreamClient(KvasirNode node, String notes, int tokens) {
  private static final int BUFFER_BYTES = 4_096;
  private static final int TIMEOUT_MILLIS = 200_000;

  /** What is done between the first event and the others. */
  interface Pause {
    void rest() throws InterruptedException;
  }

  /**
   * How a stream ended.
   *
   * @param status of the answer
   * @param end whether the last event was there, or of a refusal when to come again
   * @param firstNanos from sending to the first event
   * @param totalNanos to the end
   */
  record Outcome(int status, boolean end, long firstNanos, long totalNanos) {
    boolean isWhole() {
      return status == 200 && end;
    }

    boolean isRefused() {
      return status == 503 && end;
    }
  }

  /** Asks and reads to the end. */
  Outcome read(Pause afterFirst) throws IOException, InterruptedException {
    URI uri = node.uri("/v1/completions");
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(BUFFER_BYTES);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), TIMEOUT_MILLIS);
      long start = System.nanoTime();
      socket.getOutputStream().write(request(uri).getBytes(StandardCharsets.UTF_8));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      int status = Integer.parseInt(line(answer).split(" ", -1)[1]);
      return status == 200
          ? events(answer, start, afterFirst)
          : new Outcome(status, tellsWhen(answer), 0, System.nanoTime() - start);
    }
  }

  private static Outcome events(BufferedReader answer, long start, Pause afterFirst)
      throws IOException, InterruptedException {
    String line = line(answer);
    while (!line.startsWith("data: ")) {
      line = line(answer);
    }
    long first = System.nanoTime() - start;
    afterFirst.rest();
    while (!line.equals("data: [DONE]")) {
      line = line(answer);
    }
    return new Outcome(200, true, first, System.nanoTime() - start);
  }

  /** Whether the head of a refusal says when to come again. */
  private static boolean tellsWhen(BufferedReader answer) throws IOException {
    for (String line = line(answer); !line.isEmpty(); line = line(answer)) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("retry-after: ")) {
        return true;
      }
    }
    return false;
  }

  private static String line(BufferedReader answer) throws IOException {
    String line = answer.readLine();
    if (line == null) {
      throw new IOException("the answer broke off");
    }
    return line;
  }

  private String request(URI uri) {
    String body =
        jakarta.json.Json.createObjectBuilder()
            .add("model", "default")
            .add("prompt", notes)
            .add("max_tokens", tokens)
            .add("temperature", 0)
            .add("ignore_eos", true)
            .add("stream", true)
            .build()
            .toString();
    return """
        POST %s HTTP/1.0\r
        Host: %s\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        %s"""
        .formatted(
            uri.getPath(),
            uri.getAuthority(),
            node.tenantKey(),
            body.getBytes(StandardCharsets.UTF_8).length,
            body);
  }
}
