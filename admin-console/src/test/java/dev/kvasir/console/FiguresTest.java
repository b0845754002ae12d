package dev.kvasir.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  private final Figures figures = new Figures();

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1536, 1.5 KiB",
    "104857600, 100 MiB",
    "1099511627776, 1.0 TiB"
  })
  void bytes_anySize_inTheLargestUnit(long bytes, String written) {
    assertEquals(written, figures.bytes(bytes));
  }

  @ParameterizedTest
  @CsvSource({"0, –", "0.26, 0.3 ms", "42, 42 ms", "1234, 1.23 s"})
  void millis_anyTime_threeDigits(double millis, String written) {
    assertEquals(written, figures.millis(millis));
  }

  @ParameterizedTest
  @CsvSource({"0, 0%", "0.0123, 1.2%", "0.96, 96%", "1, 100%"})
  void share_anyShare_inPercent(double share, String written) {
    assertEquals(written, figures.share(share));
  }

  @ParameterizedTest
  @CsvSource({"5, 5 s", "90, 2 min", "5400, 1.5 h"})
  void idle_anyTime_inOneUnit(double seconds, String written) {
    assertEquals(written, figures.idle(seconds));
  }

  @Test
  void energyAndPrice_anySize_inOneUnit() {
    assertEquals("–", figures.energy(0));
    assertEquals("2.50 Wh", figures.energy(0.0025));
    assertEquals("1,234.5 kWh", figures.energy(1234.5));
    assertEquals("0.00075", figures.price(0.00075));
    assertEquals("12.30", figures.price(12.3));
  }

  @Test
  void time_instantOrNone_toTheSecond() {
    assertEquals("2026-01-31 07:05:09", figures.time(Instant.parse("2026-01-31T07:05:09.123Z")));
    assertEquals("–", figures.time(null));
  }

  @Test
  void percent_overOrWithoutWhole_bounded() {
    assertEquals(25, figures.percent(1, 4));
    assertEquals(100, figures.percent(5, 4));
    assertEquals(0, figures.percent(5, 0));
  }

  @Test
  void count_thousands_grouped() {
    assertEquals("1,234,567", figures.count(1_234_567));
  }
}
