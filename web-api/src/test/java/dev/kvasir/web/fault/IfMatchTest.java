package dev.kvasir.web.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IfMatchTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'\"3-a\"', true",
        "'\"2-a\" , \"3-a\"', true",
        "*, true",
        "'\"3\"', false",
        "3-a, false",
        "'W/\"3-a\"', false",
        "'', false"
      })
  void test_tagThatIsThere_onlyWhereNamed(String header, boolean named) {
    assertEquals(named, new IfMatch(header).test("3-a"));
  }

  @Test
  void test_noHeader_anyTag() {
    assertTrue(new IfMatch(null).isAny());
    assertTrue(new IfMatch(null).test("3-a"));
  }
}
