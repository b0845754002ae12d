package dev.kvasir.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShadowPolicyTest {
  @ParameterizedTest
  @CsvSource({
    "lru, lru@1.0",
    "sieve@2, sieve@2.0",
    "lru+second_touch@0.5, lru+second_touch@0.5",
    "s3_fifo:small_percent=20:rounds=3@1.5, s3_fifo:small_percent=20@1.5",
    "reuse+frequency:sample=32, reuse+frequency:sample=32@1.0"
  })
  void parse_wellFormed_readAgainTheSame(String text, String written) {
    ShadowPolicy policy = ShadowPolicy.parse(text);
    assertEquals(written, policy.toString());
    assertEquals(policy, ShadowPolicy.parse(written));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LRU             | but must have EVICTION",
        "random          | one of [lru, lfu",
        "lru+never       | one of [always, second_touch",
        "lru@0           | the factor 0.0, but must have one from 0.1 to 10",
        "lru@11          | the factor 11.0",
        "lru:sample=3    | no parameter of lru",
        "reuse:sample=3  | is 3, but must be from 8 to 512",
        "''              | but must have EVICTION"
      })
  void parse_notAllowed_saysWhatIs(String text, String allowed) {
    SettingRefusedException refusal =
        assertThrows(SettingRefusedException.class, () -> ShadowPolicy.parse(text));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(allowed), message);
  }
}
