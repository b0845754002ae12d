package dev.kvasir.web.stream;

import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.web.fault.FaultTable;
import dev.kvasir.web.fault.RequestFault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Supplier;

/**
 * A streamed answer that another node gives, event by event. That node's connection ends with the
 * client's.
 */
public final class RelayedStream {
  private static final Logger LOG = System.getLogger(RelayedStream.class.getName());

  private final Supplier<Optional<InputStream>> there;
  private final ChunkFormat format;

  /**
   * @param there opens the other node's answer; empty if it gives none
   * @param format of an event that says that the answer broke off
   */
  public RelayedStream(Supplier<Optional<InputStream>> there, ChunkFormat format) {
    this.there = there;
    this.format = format;
  }

  /**
   * Writes the answer; false if the other node gave nothing of it, and nothing is written.
   *
   * @throws RequestFault if the client left before anything was written
   */
  public boolean write(OutputStream client) {
    SseWriter writer = new SseWriter(client);
    try {
      there.get().ifPresent(answer -> relay(answer, writer));
    } catch (RequestFault left) {
      if (writer.state() == SseWriter.State.LATENT) {
        throw left;
      }
      LOG.log(Level.DEBUG, "the client of a relayed stream went away", left);
    }
    return writer.state() != SseWriter.State.LATENT;
  }

  private void relay(InputStream answer, SseWriter client) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8))) {
      StringJoiner event = new StringJoiner("\n").setEmptyValue("");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty()) {
          event.add(line);
        } else if (!client.relay(event.toString())) {
          return; // closing tells the other node
        } else {
          event = new StringJoiner("\n").setEmptyValue("");
        }
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "KVASIR4012: another node broke off its answer", e);
      if (client.state() == SseWriter.State.OPEN) {
        client.event(format.failure(FaultTable.of(brokenOff(e)).body()));
      }
    }
  }

  private static CompletionFailedException brokenOff(IOException cause) {
    return new CompletionFailedException(
        "the node that answered broke off; send the request again", cause);
  }
}
