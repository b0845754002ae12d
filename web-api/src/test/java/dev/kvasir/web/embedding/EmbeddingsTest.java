package dev.kvasir.web.embedding;

import static dev.kvasir.web.FaultAssertions.assertFault;
import static dev.kvasir.web.FaultAssertions.faultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.inference.Embeddings;
import dev.kvasir.inference.TextEmbedder;
import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.json.WireJson;
import jakarta.json.Json;
import java.io.StringReader;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EmbeddingsTest {
  /** Vectors of a text's length and a half, of three words at most. */
  private static final class TestingEmbedder implements TextEmbedder {
    @Override
    public String id() {
      return "short";
    }

    @Override
    public int dimensions() {
      return 2;
    }

    @Override
    public int maxTokens() {
      return 3;
    }

    @Override
    public int countTokens(String text) {
      return text.split(" ", -1).length;
    }

    @Override
    public Embeddings embed(List<String> texts) {
      return new Embeddings(
          texts.stream().map(text -> new float[] {text.length(), 0.5f}).toList(), 7);
    }
  }

  @Test
  void embed_texts_asOpenAi() {
    assertEquals(
        "{\"object\":\"list\",\"data\":["
            + "{\"object\":\"embedding\",\"index\":0,\"embedding\":[1.0,0.5]},"
            + "{\"object\":\"embedding\",\"index\":1,\"embedding\":[2.0,0.5]}],"
            + "\"model\":\"short\",\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}",
        embedded("{\"model\": \"short\", \"input\": [\"a\", \"bc\"], \"dimensions\": 2}"));
  }

  @Test
  void embed_base64_littleEndian() {
    assertEquals(
        "{\"object\":\"list\",\"data\":["
            + "{\"object\":\"embedding\",\"index\":0,\"embedding\":\"AACAPwAAAD8=\"}],"
            + "\"model\":\"short\",\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}",
        embedded(
            "{\"model\": \"short\", \"input\": \"a\", \"encoding_format\": \"base64\","
                + " \"user\": \"u\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "`input`: `a`                                     | model    | missing_required_parameter",
        "`model`: `gpt-4`, `input`: `a`                   | model    | model_not_found",
        "`model`: `short`                                 | input    | missing_required_parameter",
        "`model`: `short`, `input`: []                    | input    | invalid_value",
        "`model`: `short`, `input`: ``                    | input    | invalid_value",
        "`model`: `short`, `input`: [`a`, ` `]            | input[1] | invalid_value",
        "`model`: `short`, `input`: [1, 2]                | input[0] | unsupported_parameter",
        "`model`: `short`, `input`: [[1, 2]]              | input[0] | unsupported_parameter",
        "`model`: `short`, `input`: [`a`, `b c d e`]      | input[1] | context_length_exceeded",
        "`model`: `short`, `input`: {}                    | input    | invalid_type",
        "`model`: `short`, `input`: `\\ud800`             | input    | invalid_value",
        "`model`: `short`, `input`: `a`, `dimensions`: 1  | dimensions | invalid_value",
        "`model`: `short`, `input`: `a`, `encoding_format`: `hex` | encoding_format | invalid_value"
      })
  void embed_wrong_namesField(String fields, String param, String code) {
    assertFault(faultOf(() -> embedded("{" + fields.replace('`', '"') + "}")), param, code);
  }

  @Test
  void embed_tooMuch_bothNumbers() {
    String texts = String.join(",", Collections.nCopies(InputTexts.MAX_TEXTS + 1, "\"a\""));
    assertFault(
        faultOf(() -> embedded("{\"model\": \"short\", \"input\": [%s]}".formatted(texts))),
        "input",
        "invalid_value",
        "2,049",
        "2,048");
    String text = "a".repeat(InputTexts.MAX_CHARACTERS + 1);
    assertFault(
        faultOf(() -> embedded("{\"model\": \"short\", \"input\": \"%s\"}".formatted(text))),
        "input",
        "context_length_exceeded",
        "131,073",
        "131,072");
  }

  private static String embedded(String body) {
    TestingEmbedder embedder = new TestingEmbedder();
    JsonBody read = new JsonBody(Json.createReader(new StringReader(body)).readObject());
    return WireJson.write(EmbeddingsResource.answer(read, embedder, embedder::embed));
  }
}
