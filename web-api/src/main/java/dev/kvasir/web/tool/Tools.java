package dev.kvasir.web.tool;

import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.WireJson;
import dev.kvasir.web.openai.Tool;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tools of a request, checked.
 *
 * @param offered those that the model is shown; none where it must not call one
 * @param callable those that a required call may be of; none where the answer is free
 */
public record Tools(List<Tool> offered, List<Tool> callable) {
  private static final Tools NONE = new Tools(List.of(), List.of());
  private static final int MAX_TOOLS = 128;
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

  /**
   * Checks tools and what is to be chosen among them.
   *
   * @param choice none, auto, required or a function's name, as OpenAI has it
   * @throws RequestFault naming the first field that is not as it must be
   */
  public static Tools of(@Nullable List<Tool> tools, @Nullable JsonValue choice) {
    List<Tool> all = Objects.requireNonNullElse(tools, List.of());
    check(all);
    ToolChoice chosen = ToolChoice.of(choice);
    List<Tool> callable =
        all.stream()
            .filter(tool -> chosen.name() == null || name(tool).equals(chosen.name()))
            .toList();
    return switch (chosen.kind()) {
      case NONE -> NONE;
      case AUTO -> new Tools(all, List.of());
      case REQUIRED -> {
        if (callable.isEmpty()) {
          throw RequestFault.invalid(
              "tool_choice",
              "tool_choice asks for a call, but tools has no such function; add it, or send"
                  + " \"auto\".");
        }
        yield new Tools(all, callable);
      }
    };
  }

  private static void check(List<Tool> tools) {
    if (tools.size() > MAX_TOOLS) {
      throw RequestFault.invalid(
          "tools", "tools has %d, but may have %d.".formatted(tools.size(), MAX_TOOLS));
    }
    for (int i = 0; i < tools.size(); i++) {
      check(tools.get(i), "tools[%d]".formatted(i));
    }
    if (tools.stream().map(Tools::name).distinct().count() < tools.size()) {
      throw RequestFault.invalid("tools", "tools has a name twice; give each function its own.");
    }
  }

  private static void check(Tool tool, String path) {
    if (!"function".equals(tool.type())) {
      throw RequestFault.unsupported(
          path + ".type", "%s.type must be \"function\".".formatted(path));
    }
    Tool.Function function = tool.function();
    if (function == null || function.name() == null) {
      throw RequestFault.missing(
          path + ".function.name", "%s.function.name is missing.".formatted(path));
    }
    if (!NAME.matcher(function.name()).matches()) {
      throw RequestFault.invalid(
          path + ".function.name",
          "%s.function.name must have 1 to 64 letters, digits, underscores or dashes."
              .formatted(path));
    }
    JsonValue parameters = function.parameters();
    if (parameters != null && parameters != JsonValue.NULL && !(parameters instanceof JsonObject)) {
      throw RequestFault.wrongType(
          path + ".function.parameters",
          "%s.function.parameters must be an object, a JSON schema.".formatted(path));
    }
  }

  /** Whether the model is shown any. */
  public boolean any() {
    return !offered.isEmpty();
  }

  /** Each as the chat template takes it. */
  public List<String> json() {
    return offered.stream().map(WireJson::write).toList();
  }

  /** What keeps an answer to a call; null where it is free. */
  public @Nullable ResponseFormat form() {
    return callable.isEmpty()
        ? null
        : new ResponseFormat.JsonSchema(CallSchema.of(callable).toString());
  }

  /** Reads one answer. */
  public CallReader reader() {
    Set<String> names = offered.stream().map(Tools::name).collect(Collectors.toSet());
    return new CallReader(names, !callable.isEmpty());
  }

  static String name(Tool tool) {
    return Objects.requireNonNull(Objects.requireNonNull(tool.function()).name());
  }
}
