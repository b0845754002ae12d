package dev.kvasir.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  private static final List<String> KNOWN = List.of("json", "repeats", "rate");

  @Test
  void options_given_areRead() {
    Arguments arguments =
        new Arguments(List.of("--repeats", "5", "--rate", "0.2", "--json", "a b"), KNOWN);
    assertEquals(5, arguments.number("repeats", 1, 3));
    assertEquals(0.2, arguments.rate("rate", 0));
    assertEquals(Optional.of("a b"), arguments.text("json"));
  }

  @Test
  void options_missing_haveTheirDefaults() {
    Arguments arguments = new Arguments(List.of(), KNOWN);
    assertEquals(3, arguments.number("repeats", 1, 3));
    assertEquals(Optional.empty(), arguments.path("json"));
    assertThrows(IllegalArgumentException.class, () -> arguments.required("json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--jso x", "json x", "--json", "--json a --json b"})
  void options_unknownTwiceOrWithoutValue_areRefused(String line) {
    List<String> words = List.of(line.split(" ", -1));
    assertThrows(IllegalArgumentException.class, () -> new Arguments(words, KNOWN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "two", "1.5", "9999999999"})
  void number_belowTheLeastOrNone_isRefused(String value) {
    Arguments arguments = new Arguments(List.of("--repeats", value), KNOWN);
    assertThrows(IllegalArgumentException.class, () -> arguments.number("repeats", 1, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "-1", "fast"})
  void rate_notAboveZero_isRefused(String value) {
    Arguments arguments = new Arguments(List.of("--rate", value), KNOWN);
    assertThrows(IllegalArgumentException.class, () -> arguments.rate("rate", 1));
  }
}
