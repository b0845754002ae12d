package dev.kvasir.web.completion;

import static dev.kvasir.web.FaultAssertions.assertFault;
import static dev.kvasir.web.FaultAssertions.faultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.completion.Blend;
import dev.kvasir.completion.BlendKind;
import dev.kvasir.completion.MarkedPassage;
import dev.kvasir.completion.Passages;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PassagesOptionTest {
  private static final String MARKED = "\"passages\": [{\"id\": \"a\", \"text\": \"Hi\"}]";
  private static final List<MarkedPassage> READ = List.of(new MarkedPassage("a", "Hi"));

  private static Passages passages(String options) {
    return RequestBodies.chat(RequestBodies.chatWith("\"kvasir\": {%s}".formatted(options)))
        .passages();
  }

  private static void refused(String options, String field, String code, String... words) {
    assertFault(faultOf(() -> passages(options)), field, code, words);
  }

  @Test
  void of_nothingSaid_exactAndNone() {
    assertEquals(Passages.NONE, RequestBodies.chat(RequestBodies.chatWith("")).passages());
    assertEquals(Passages.NONE, passages(""));
    assertEquals(Passages.NONE, passages("\"reuse\": \"exact\", \"passages\": []"));
  }

  @Test
  void of_markedOnly_rememberedAndExact() {
    assertEquals(new Passages(READ, null), passages(MARKED));
    assertEquals(new Passages(READ, null), passages("\"reuse\": \"exact\", " + MARKED));
  }

  @Test
  void of_reuse_asSaidAndElseEpic() {
    assertEquals(
        new Passages(READ, Blend.of(BlendKind.EPIC)),
        passages("\"reuse\": \"passages\", " + MARKED));
    assertEquals(
        new Passages(READ, Blend.of(BlendKind.NONE)),
        passages("\"reuse\": \"passages\", \"blend\": \"none\", " + MARKED));
  }

  @Test
  void of_ratio_asSaidAndElseTheDefault() {
    String cacheblend = "\"reuse\": \"passages\", \"blend\": \"cacheblend\", " + MARKED;
    assertEquals(new Passages(READ, new Blend(BlendKind.CACHEBLEND, 0.15)), passages(cacheblend));
    for (double ratio : new double[] {0, 0.3, 1}) {
      assertEquals(
          new Passages(READ, new Blend(BlendKind.CACHEBLEND, ratio)),
          passages("\"blend_ratio\": %s, ".formatted(ratio) + cacheblend));
    }
    for (String bad : new String[] {"-0.01", "1.01", "1e9"}) {
      refused(
          "\"blend_ratio\": %s, ".formatted(bad) + cacheblend,
          "kvasir.blend_ratio",
          "invalid_value",
          Double.toString(Double.parseDouble(bad)),
          "between 0 and 1");
    }
    refused(
        "\"blend_ratio\": \"much\", " + cacheblend, "kvasir.blend_ratio", "invalid_type", "number");
  }

  @Test
  void of_ratioOfAnotherPolicy_refused() {
    refused(
        "\"blend_ratio\": 0.3, \"reuse\": \"passages\", " + MARKED,
        "kvasir.blend_ratio",
        "invalid_value",
        "\"epic\"",
        "\"cacheblend\"");
  }

  @Test
  void of_unknownWords_saysWhichThereAre() {
    refused(
        "\"reuse\": \"similar\"",
        "kvasir.reuse",
        "invalid_value",
        "\"similar\"",
        "\"exact\" or \"passages\"");
    refused(
        "\"reuse\": \"passages\", \"blend\": \"magic\", " + MARKED,
        "kvasir.blend",
        "invalid_value",
        "\"magic\"",
        "\"none\", \"epic\", \"cacheblend\", \"kvshare\" or \"full\"");
  }

  @Test
  void of_onePartWithoutTheOther_refused() {
    refused("\"reuse\": \"passages\"", "kvasir.passages", "missing_required_parameter", "id");
    refused("\"blend\": \"epic\", " + MARKED, "kvasir.blend", "invalid_value", "kvasir.reuse");
  }

  @Test
  void of_badPassages_namedByPlace() {
    refused(
        "\"passages\": [{\"text\": \"Hi\"}]",
        "kvasir.passages[0].id",
        "missing_required_parameter",
        "missing");
    refused(
        "\"passages\": [{\"id\": \"a\", \"text\": \" \"}]",
        "kvasir.passages[0].text",
        "invalid_value",
        "blank");
    refused(
        "\"passages\": [{\"id\": \"a\", \"text\": \"Hi\"}, {\"id\": \"a\", \"text\": \"H\"}]",
        "kvasir.passages[1].id",
        "invalid_value",
        "\"a\"",
        "must differ");
    refused(
        "\"passages\": [{\"id\": \"%s\", \"text\": \"Hi\"}]".formatted("a".repeat(129)),
        "kvasir.passages[0].id",
        "invalid_value",
        "129",
        "128");
    refused("\"passages\": [7]", "kvasir.passages[0]", "invalid_type", "an object");
  }

  @Test
  void of_tooMany_refusedWithBothNumbers() {
    String many =
        IntStream.range(0, 65)
            .mapToObj(i -> "{\"id\": \"%d\", \"text\": \"Hi\"}".formatted(i))
            .collect(Collectors.joining(",", "\"passages\": [", "]"));
    refused(many, "kvasir.passages", "invalid_value", "65", "64");
  }
}
