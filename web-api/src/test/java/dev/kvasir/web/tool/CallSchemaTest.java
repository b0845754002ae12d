package dev.kvasir.web.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.web.openai.Tool;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CallSchemaTest {
  @Test
  void of_functions_oneOfTheirCalls() {
    String schema =
        "{\"$defs\":{\"n\":{\"type\":\"integer\"}},\"type\":\"object\","
            + "\"properties\":{\"a\":{\"$ref\":\"#/$defs/n\"}}}";

    assertEquals(
        "{\"anyOf\":["
            + "{\"type\":\"object\",\"properties\":{\"name\":{\"const\":\"now\"},\"arguments\":"
            + "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}},"
            + "\"required\":[\"name\",\"arguments\"],\"additionalProperties\":false},"
            + "{\"type\":\"object\",\"properties\":{\"name\":{\"const\":\"add\"},\"arguments\":"
            + schema.replace("#/$defs", "#/anyOf/1/properties/arguments/$defs")
            + "},\"required\":[\"name\",\"arguments\"],\"additionalProperties\":false}]}",
        CallSchema.of(
                List.of(
                    tool("now", JsonValue.NULL),
                    tool("add", Json.createReader(new StringReader(schema)).readValue())))
            .toString());
  }

  private static Tool tool(String name, JsonValue parameters) {
    return new Tool("function", new Tool.Function(name, null, parameters, null));
  }
}
