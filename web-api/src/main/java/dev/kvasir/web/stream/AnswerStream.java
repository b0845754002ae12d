package dev.kvasir.web.stream;

import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.CompletionService;
import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.web.fault.Fault;
import dev.kvasir.web.fault.FaultTable;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/**
 * One streamed answer: runs the completion on the thread that writes, so that tokens come in order
 * and a client that left cancels at the next token, or while it waits for the first.
 */
public final class AnswerStream implements StreamingOutput {
  private static final System.Logger LOG = System.getLogger(AnswerStream.class.getName());

  private final CompletionService completions;
  private final CompletionRequest request;
  private final ChunkFormat format;
  private final BooleanSupplier connected;

  /**
   * @param connected whether the client is there; asked until the first token is written
   */
  public AnswerStream(
      CompletionService completions,
      CompletionRequest request,
      ChunkFormat format,
      BooleanSupplier connected) {
    this.completions = completions;
    this.request = request;
    this.format = format;
    this.connected = connected;
  }

  /**
   * Completes and writes.
   *
   * @throws RuntimeException if the completion fails before its first token: nothing is written
   *     then, and the answer is an error with a status of its own
   */
  @Override
  public void write(OutputStream client) {
    SseWriter writer = new SseWriter(client);
    try {
      Completion completion = completions.complete(request, new Relay(writer));
      finish(completion, writer);
    } catch (RuntimeException failure) {
      if (writer.state() == SseWriter.State.LATENT) {
        throw failure;
      }
      report(failure, request.id(), writer);
    }
  }

  private void begin(SseWriter writer) {
    if (writer.state() == SseWriter.State.LATENT) {
      format.begin().forEach(writer::event);
    }
  }

  private void finish(Completion completion, SseWriter writer) {
    if (completion.isCancelled()) {
      return;
    }
    begin(writer);
    format.end(completion).forEach(writer::event);
    if (format.endsWithMark()) {
      writer.done();
    }
  }

  private void report(RuntimeException failure, String requestId, SseWriter writer) {
    Fault fault = FaultTable.of(failure);
    if (fault.isServerError()) {
      LOG.log(
          System.Logger.Level.ERROR,
          "KVASIR6002: the stream of request %s broke off".formatted(requestId),
          failure);
    }
    writer.event(format.failure(fault.body()));
  }

  private final class Relay implements TokenSink {
    private final SseWriter writer;

    Relay(SseWriter writer) {
      this.writer = writer;
    }

    @Override
    public boolean accept(GeneratedToken token) {
      begin(writer);
      boolean tells = !token.text().isEmpty() || token.logprobs() != null;
      Object event = tells ? format.token(token) : null;
      return event == null ? writer.state() != SseWriter.State.GONE : writer.event(event);
    }

    @Override
    public boolean isWanted() {
      return connected.getAsBoolean();
    }
  }
}
