package dev.kvasir.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementsTest {
  private final Measurements measurements = new Measurements();

  @Test
  void add_oddNumberOfRepeats_isTheMiddleOneWithSmallestAndLargest() {
    Measurements.Row row =
        measurements.add("case", "kvasir", "ttft", "ms", List.of(9.0, 1.0, 5.0, 7.0, 2.0));
    assertEquals(new Measurements.Row("case", "kvasir", "ttft", 5, "ms", 1, 9), row);
  }

  @Test
  void add_evenNumberOfRepeats_isTheMeanOfTheMiddleTwo() {
    assertEquals(3, measurements.add("a", "b", "c", "ms", List.of(8.0, 1.0, 2.0, 4.0)).value());
  }

  @Test
  void find_otherCaseSystemOrMetric_isEmpty() {
    Measurements.Row row = measurements.add("case", "kvasir", "ttft", "ms", List.of(1.0));
    assertEquals(row, measurements.find("case", "kvasir", "ttft").orElseThrow());
    assertTrue(measurements.find("other", "kvasir", "ttft").isEmpty());
    assertTrue(measurements.find("case", "other", "ttft").isEmpty());
    assertTrue(measurements.find("case", "kvasir", "other").isEmpty());
  }

  @Test
  void write_rows_haveTheNamesThatReadersKnow(@TempDir Path folder) throws IOException {
    measurements.note("model", "tiny");
    measurements.add("decode-1@512", "kvasir", "ms", "ms", List.of(20.5, 19.0, 22.0));
    Path file = folder.resolve("figures.json");
    measurements.write(file);
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    assertEquals(Set.of("machine", "rows"), json.keySet());
    assertEquals(
        Set.of("processor", "cores", "java", "model"), json.getAsJsonObject("machine").keySet());
    assertEquals("tiny", json.getAsJsonObject("machine").get("model").getAsString());
    assertEquals(
        JsonParser.parseString(
            """
            [{"case": "decode-1@512", "system": "kvasir", "metric": "ms", "value": 20.5,
              "unit": "ms", "low": 19.0, "high": 22.0}]
            """),
        json.get("rows"));
  }

  @Test
  void fail_reasons_areKept() {
    assertEquals(List.of(), measurements.failures());
    measurements.fail("answers differ");
    assertEquals(List.of("answers differ"), measurements.failures());
  }
}
