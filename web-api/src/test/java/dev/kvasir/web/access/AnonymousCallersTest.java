package dev.kvasir.web.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnonymousCallersTest {
  @ParameterizedTest
  @CsvSource({
    "auto, 127.0.0.1, 127.0.0.1, true",
    "auto, ::1, 0:0:0:0:0:0:0:1, true",
    "auto, 127.0.0.1, 10.0.0.7, false",
    "auto, 0.0.0.0, 127.0.0.1, false",
    "auto, 10.0.0.2, 10.0.0.2, false",
    "on, 0.0.0.0, 127.0.0.1, true",
    "on, 0.0.0.0, 10.0.0.7, false",
    "off, 127.0.0.1, 127.0.0.1, false",
  })
  void mayComeFrom_ruleBindAndAddress(String rule, String bind, String from, boolean expected) {
    AnonymousCallers callers = new AnonymousCallers();
    callers.configure(rule, bind);
    assertEquals(expected, callers.mayComeFrom(from));
  }
}
