package dev.kvasir.web.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.kvasir.cache.CacheUnavailableException;
import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.completion.CompletionRefusedException;
import dev.kvasir.completion.ContextLengthExceededException;
import dev.kvasir.completion.FormatRefusedException;
import dev.kvasir.completion.NoDecodeSlotException;
import jakarta.ejb.EJBException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultTableTest {
  static Stream<Arguments> table() {
    return Stream.of(
        Arguments.of(RequestFault.invalid("p", "m"), 400, "invalid_request_error", "invalid_value"),
        Arguments.of(
            RequestFault.unsupported("p", "m"),
            400,
            "invalid_request_error",
            "unsupported_parameter"),
        Arguments.of(RequestFault.malformed("m"), 400, "invalid_request_error", "invalid_json"),
        Arguments.of(RequestFault.unknownKey("m"), 401, "invalid_request_error", "invalid_api_key"),
        Arguments.of(
            RequestFault.unknownModel("m"), 404, "invalid_request_error", "model_not_found"),
        Arguments.of(
            new StaleFault("group_changed", "3-a", "m"),
            412,
            "invalid_request_error",
            "group_changed"),
        Arguments.of(RequestFault.tooLarge("m"), 413, "invalid_request_error", "request_too_large"),
        Arguments.of(
            new ContextLengthExceededException("m"),
            400,
            "invalid_request_error",
            "context_length_exceeded"),
        Arguments.of(
            new CompletionRefusedException("m"), 400, "invalid_request_error", "prompt_refused"),
        Arguments.of(
            new FormatRefusedException("m", new IllegalArgumentException()),
            400,
            "invalid_request_error",
            "unsupported_parameter"),
        Arguments.of(
            new CompletionFailedException("m", new IllegalStateException()),
            500,
            "server_error",
            "completion_failed"),
        Arguments.of(
            new CacheUnavailableException("m", null), 503, "server_error", "grid_unavailable"));
  }

  @ParameterizedTest
  @MethodSource("table")
  void of_known_statusTypeCodeMessage(
      RuntimeException failure, int status, String type, String code) {
    Fault fault = FaultTable.of(failure);

    assertEquals(status, fault.status());
    assertEquals(type, fault.body().error().type());
    assertEquals(code, fault.body().error().code());
    assertEquals("m", fault.body().error().message());
  }

  @Test
  void of_noSlot_saysWhenToComeAgain() {
    NoDecodeSlotException busy =
        new NoDecodeSlotException("all are taken", 7, new IllegalStateException());
    Fault fault = FaultTable.of(busy);

    assertEquals(503, fault.status());
    assertEquals("no_decode_slot", fault.body().error().code());
    assertEquals(
        "all are taken; send the request again after the seconds that Retry-After says",
        fault.body().error().message());
    assertEquals(7, fault.retryAfterSeconds());
    assertEquals(1, FaultTable.of(new NoDecodeSlotException("m")).retryAfterSeconds());
    assertNull(FaultTable.of(RequestFault.malformed("m")).retryAfterSeconds());
  }

  @Test
  void of_wrappedByContainer_asItsCause() {
    Fault fault = FaultTable.of(new EJBException(new ContextLengthExceededException("m")));

    assertEquals(400, fault.status());
  }

  @Test
  void of_unknown_internalWithoutItsMessage() {
    Fault fault = FaultTable.of(new IllegalStateException("a prompt's text"));

    assertEquals(500, fault.status());
    assertFalse(fault.body().error().message().contains("prompt"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 406, 413, 415, 418, 500, 503})
  void ofStatus_any_keepsIt(int status) {
    assertEquals(status, FaultTable.ofStatus(status).status());
  }
}
