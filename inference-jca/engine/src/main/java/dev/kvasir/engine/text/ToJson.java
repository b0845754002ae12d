package dev.kvasir.engine.text;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.AdvancedFilter;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The filter {@code tojson} as transformers has it: Python's {@code json.dumps(x,
 * ensure_ascii=False, indent=...)}, with its white space, since models were trained on that.
 */
final class ToJson implements AdvancedFilter {
  @Override
  public String getName() {
    return "tojson";
  }

  @Override
  public Object filter(
      @Nullable Object value,
      JinjavaInterpreter interpreter,
      Object[] arguments,
      Map<String, Object> named) {
    Object indent = arguments.length > 0 ? arguments[0] : named.get("indent");
    StringBuilder json = new StringBuilder();
    write(value, indent instanceof Number spaces ? spaces.intValue() : -1, 0, json);
    return json.toString();
  }

  private static void write(@Nullable Object value, int indent, int depth, StringBuilder json) {
    if (value instanceof Map<?, ?> map) {
      Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
      json.append('{');
      for (boolean first = true; entries.hasNext(); first = false) {
        Map.Entry<?, ?> entry = entries.next();
        separate(first, indent, depth + 1, json);
        quote(String.valueOf(entry.getKey()), json);
        json.append(": ");
        write(entry.getValue(), indent, depth + 1, json);
      }
      close(!map.isEmpty(), indent, depth, json);
      json.append('}');
    } else if (value instanceof Iterable<?> list) {
      boolean first = true;
      json.append('[');
      for (Object element : list) {
        separate(first, indent, depth + 1, json);
        write(element, indent, depth + 1, json);
        first = false;
      }
      close(!first, indent, depth, json);
      json.append(']');
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      json.append(value);
    } else {
      quote(Objects.toString(value), json);
    }
  }

  private static void separate(boolean first, int indent, int depth, StringBuilder json) {
    if (!first) {
      json.append(indent < 0 ? ", " : ",");
    }
    close(true, indent, depth, json);
  }

  private static void close(boolean hasElements, int indent, int depth, StringBuilder json) {
    if (hasElements && indent >= 0) {
      json.append('\n').append(" ".repeat(indent * depth));
    }
  }

  private static void quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        default -> {
          if (c < ' ') {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
