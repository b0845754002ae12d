package dev.kvasir.bench.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SseReaderTest {
  @Test
  void next_events_givesTheirDataWithoutOtherFields() {
    assertEquals(
        List.of("{\"a\":1}", "[DONE]"),
        read(": hello\n\nevent: chunk\nid: 7\ndata: {\"a\":1}\n\ndata: [DONE]\n\n"));
  }

  @Test
  void next_severalDataLines_areJoinedByLineEnds() {
    assertEquals(List.of("one\ntwo\n"), read("data: one\ndata:two\ndata:\n\n"));
  }

  @Test
  void next_oneSpaceAfterTheColon_isNotData() {
    assertEquals(List.of(" x"), read("data:  x\n\n"));
  }

  @Test
  void next_eventWithoutItsEmptyLine_isNone() {
    assertEquals(List.of("whole"), read("data: whole\n\ndata: cut off\n"));
  }

  private static List<String> read(String stream) {
    SseReader reader = new SseReader(stream.lines().iterator());
    List<String> events = new ArrayList<>();
    for (Optional<String> data = reader.next(); data.isPresent(); data = reader.next()) {
      events.add(data.get());
    }
    return events;
  }
}
