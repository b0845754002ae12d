package dev.kvasir.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.NoDecodeSlotException;
import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.TokenLogprob;
import dev.kvasir.inference.TokenLogprobs;
import dev.kvasir.web.TestingCompletionService;
import dev.kvasir.web.openai.ErrorBody;
import dev.kvasir.web.openai.NamedEvent;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

public final class AnswerStreamTest {
  private static final CompletionRequest REQUEST =
      new CompletionRequest(
          "default", new Prompt.Text("Hi"), SamplingParams.GREEDY, 8, CachePolicy.USE);

  private static final TokenLogprobs LOGPROBS =
      new TokenLogprobs(new TokenLogprob(1, -1, ByteBuffer.allocate(0)), List.of());

  /** An event that is easy to read; JSON-B wants it public. */
  public record Event(String event) {}

  /** A form of such events. */
  private record TestingFormat() implements ChunkFormat {
    @Override
    public List<Object> begin() {
      return List.of(new Event("begin"));
    }

    @Override
    public Object token(GeneratedToken token) {
      return new Event(token.text());
    }

    @Override
    public List<Object> end(Completion completion) {
      return List.of(new Event(completion.finishReason().name()), new Event("usage"));
    }
  }

  private final TestingClient client = new TestingClient();

  @Test
  void write_wholeAnswer_inOrder() {
    stream(TestingCompletionService.saying("Hel", "lo\n", "\u00e9")).write(client);

    assertEquals(
        List.of(
            event("begin"),
            event("Hel"),
            event("lo\\n"),
            event("\u00e9"),
            event("STOP"),
            event("usage"),
            "[DONE]"),
        client.events());
  }

  @Test
  void write_tokensWithoutText_noEvents() {
    stream(TestingCompletionService.saying("", "a", "", "b", "")).write(client);

    assertEquals(
        List.of(event("begin"), event("a"), event("b"), event("STOP"), event("usage"), "[DONE]"),
        client.events());
  }

  @Test
  void write_tokensWithoutTextButLogprobs_anEventEach() {
    stream(TestingCompletionService.saying("", "a").withLogprobs(LOGPROBS)).write(client);

    assertEquals(
        List.of(event("begin"), event(""), event("a"), event("STOP"), event("usage"), "[DONE]"),
        client.events());
  }

  @Test
  void write_noTokenAtAll_beginsAndEnds() {
    stream(TestingCompletionService.saying()).write(client);

    assertEquals(List.of(event("begin"), event("STOP"), event("usage"), "[DONE]"), client.events());
  }

  @Test
  void write_failureBeforeFirstToken_thrownWithNothingWritten() {
    NoDecodeSlotException busy = new NoDecodeSlotException("all 2 slots are busy");
    AnswerStream stream = stream(TestingCompletionService.failing(busy));

    assertSame(busy, assertThrows(NoDecodeSlotException.class, () -> stream.write(client)));
    assertEquals(List.of(), client.events());
  }

  @Test
  void write_failureLater_errorEventAndNoStop() {
    stream(
            TestingCompletionService.failing(
                new CompletionFailedException("the engine failed", new IllegalStateException()),
                "a"))
        .write(client);

    assertEquals(
        List.of(
            event("begin"),
            event("a"),
            "{\"error\":{\"message\":\"the engine failed\",\"type\":\"server_error\","
                + "\"param\":null,\"code\":\"completion_failed\"}}"),
        client.events());
  }

  @Test
  void write_clientLeaves_cancelledAtNextToken() {
    TestingCompletionService service = TestingCompletionService.saying("a", "b", "c", "d", "e");
    client.leavingAfter(3);

    stream(service).write(client);

    assertEquals(List.of(event("begin"), event("a"), event("b")), client.events());
    assertEquals(2, service.accepted());
  }

  @Test
  void write_clientLeavesBetweenTokensWithoutText_cancelledToo() {
    TestingCompletionService service = TestingCompletionService.saying("a", "", "");
    client.leavingAfter(1);

    stream(service).write(client);

    assertEquals(0, service.accepted());
    assertFalse(client.events().contains("[DONE]"));
  }

  @Test
  void write_namedEvents_nameBeforeDataAndNoMark() {
    NamedFormat format = new NamedFormat();
    new AnswerStream(TestingCompletionService.saying("a"), REQUEST, format, () -> true)
        .write(client);
    new AnswerStream(
            TestingCompletionService.failing(new NoDecodeSlotException("busy"), "a"),
            REQUEST,
            format,
            () -> true)
        .write(client);

    assertEquals(
        List.of("begin", "a", "STOP", "begin", "a", "no_decode_slot").stream()
            .map(type -> "event: %s\ndata: {\"type\":\"%s\"}".formatted(type, type))
            .toList(),
        client.frames());
  }

  /** An event that tells its kind; JSON-B wants it public. */
  public record Named(String type) implements NamedEvent {}

  /** A form of such events. */
  private record NamedFormat() implements ChunkFormat {
    @Override
    public List<Object> begin() {
      return List.of(new Named("begin"));
    }

    @Override
    public Object token(GeneratedToken token) {
      return new Named(token.text());
    }

    @Override
    public List<Object> end(Completion completion) {
      return List.of(new Named(completion.finishReason().name()));
    }

    @Override
    public Object failure(ErrorBody error) {
      return new Named(String.valueOf(error.error().code()));
    }

    @Override
    public boolean endsWithMark() {
      return false;
    }
  }

  private static AnswerStream stream(TestingCompletionService service) {
    return new AnswerStream(service, REQUEST, new TestingFormat(), () -> true);
  }

  private static String event(String text) {
    return "{\"event\":\"%s\"}".formatted(text);
  }
}
