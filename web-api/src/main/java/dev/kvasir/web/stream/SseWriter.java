package dev.kvasir.web.stream;

import dev.kvasir.web.json.WireJson;
import dev.kvasir.web.openai.NamedEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Frames events and hands each to the client at once. One thread only. */
final class SseWriter {
  /** What the client has seen; it only moves down. */
  enum State {
    /** Nothing: the answer can still be an error with a status of its own. */
    LATENT,
    /** The head with status 200, and events. */
    OPEN,
    /** Nobody listens any more. */
    GONE
  }

  private static final System.Logger LOG = System.getLogger(SseWriter.class.getName());

  private final OutputStream client;
  private State state = State.LATENT;

  SseWriter(OutputStream client) {
    this.client = client;
  }

  State state() {
    return state;
  }

  /** Sends a wire record; returns whether the client still listens. */
  boolean event(Object wire) {
    String name = wire instanceof NamedEvent named ? "event: " + named.type() + "\n" : "";
    return send(name + "data: " + WireJson.write(wire));
  }

  /** Sends an event that another node wrote; returns whether the client still listens. */
  boolean relay(String lines) {
    return send(lines);
  }

  /** Sends OpenAI's closing mark. */
  void done() {
    send("data: [DONE]");
  }

  private boolean send(String event) {
    if (state == State.GONE) {
      return false;
    }
    boolean first = state == State.LATENT;
    state = State.OPEN;
    try {
      client.write((event + "\n\n").getBytes(StandardCharsets.UTF_8));
      client.flush();
      if (first) {
        // Liberty keeps what the first flush should send until the next one.
        client.flush();
      }
      return true;
    } catch (IOException gone) {
      state = State.GONE;
      LOG.log(System.Logger.Level.DEBUG, "the client of a stream went away", gone);
      return false;
    }
  }
}
