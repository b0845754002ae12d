package dev.kvasir.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CaseTest {
  @Test
  void all_namesInTheOrderOfTheTable() {
    assertEquals(
        List.of(
            "prefill-128",
            "prefill-512",
            "prefill-2048",
            "prefill-8000",
            "suffix-64@512",
            "suffix-64@2048",
            "decode-1@512",
            "decode-4@512",
            "decode-8@512",
            "decode-16@512",
            "decode-1@2048",
            "decode-4@2048",
            "decode-8@2048",
            "decode-16@2048",
            "quote-1@2048",
            "first-token-under-load"),
        Case.all().stream().map(Case::name).toList());
  }

  @Test
  void of_namesAndBeginnings_takesThoseInTheOrderOfTheTable() {
    assertEquals(
        List.of("prefill-512", "suffix-64@512", "suffix-64@2048", "decode-1@512", "decode-1@2048"),
        Case.of("decode-1,suffix,prefill-512").stream().map(Case::name).toList());
  }

  @Test
  void of_unknownName_namesTheCases() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Case.of("prefill,encode"));
    assertTrue(refusal.toString().contains("--cases has 'encode', but the cases are prefill-"));
  }
}
