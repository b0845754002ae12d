package dev.kvasir.engine.text;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.interpret.TemplateError.ErrorReason;
import com.hubspot.jinjava.interpret.TemplateError.ErrorType;
import com.hubspot.jinjava.interpret.TemplateSyntaxException;
import dev.kvasir.engine.weights.TextAssets;
import dev.kvasir.inference.ChatMessage;
import dev.kvasir.inference.Conversation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model's chat template, rendered as transformers renders it. Safe for all threads.
 *
 * <p>Text in messages is data: it is never read as template. Without tools {@code tools} is
 * undefined, and so always is {@code strftime_now}: with today's date in the prompt every prefix
 * would be a miss at midnight; templates that ask for it bring a date of their own for when it is
 * missing.
 */
public final class ChatTemplate {
  private static final Jinjava JINJA = TransformersJinja.create();
  private static final String PROBE = "kvasir_tools_probe";

  private final @Nullable String source;
  private final Map<String, String> specialTokens;
  private final boolean rendersTools;

  private ChatTemplate(@Nullable String source, Map<String, String> specialTokens) {
    this.source = source;
    this.specialTokens = specialTokens;
    rendersTools = source != null && showsTool();
  }

  /**
   * The template of a model; one that refuses every chat if the model has none.
   *
   * @throws IllegalArgumentException if its source is no Jinja template; says why
   */
  public static ChatTemplate of(TextAssets text) {
    Map<String, String> tokens = Map.of("bos_token", text.bosToken(), "eos_token", text.eosToken());
    String source = text.chatTemplate();
    if (source == null) {
      return new ChatTemplate(null, tokens);
    }
    String template = withoutLastLineEnd(source);
    checkSyntax(template);
    return new ChatTemplate(template, tokens);
  }

  /**
   * Renders a conversation.
   *
   * @throws IllegalArgumentException if the template refuses the messages, or the model has none;
   *     says why
   */
  public String render(Conversation conversation) {
    if (source == null) {
      throw new IllegalArgumentException(
          "this model has no chat template; send a plain prompt to completions instead");
    }
    if (!conversation.tools().isEmpty() && !rendersTools) {
      throw new IllegalArgumentException(
          "this model's chat template does not show it tools; leave them out");
    }
    return render(source, conversation);
  }

  /** Whether the template shows the model the tools of a conversation. */
  public boolean rendersTools() {
    return rendersTools;
  }

  /** Tried out: what the source says of tools, only the source itself can tell. */
  private boolean showsTool() {
    String tool =
        "{\"type\": \"function\", \"function\": {\"name\": \"%s\", \"description\": \"\","
            + " \"parameters\": {\"type\": \"object\", \"properties\": {}}}}";
    Conversation probe =
        new Conversation(
            List.of(new ChatMessage("user", "x")), List.of(tool.formatted(PROBE)), true);
    try {
      return render(Objects.requireNonNull(source), probe).contains(PROBE);
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private String render(String source, Conversation conversation) {
    Map<String, Object> context = new HashMap<>(specialTokens);
    context.put("messages", conversation.messages().stream().map(TemplateValues::of).toList());
    if (!conversation.tools().isEmpty()) {
      context.put("tools", conversation.tools().stream().map(TemplateValues::ofJson).toList());
    }
    context.put("add_generation_prompt", conversation.addGenerationPrompt());
    RenderResult result = JINJA.renderForResult(source, context);
    checkRendered(result.getErrors());
    return result.getOutput();
  }

  private static void checkRendered(List<TemplateError> errors) {
    for (TemplateError error : errors) {
      if (error.getException() instanceof RefusedMessagesException refusal) {
        throw new IllegalArgumentException(refusal.getMessage(), refusal);
      }
    }
    for (TemplateError error : errors) {
      if (error.getSeverity() == ErrorType.FATAL) {
        throw new IllegalArgumentException(
            "the model's chat template fails on these messages, line %d: %s"
                .formatted(error.getLineno(), error.getMessage()),
            error.getException());
      }
    }
  }

  private static void checkSyntax(String template) {
    JinjavaInterpreter interpreter = JINJA.newInterpreter();
    try {
      interpreter.parse(template);
    } catch (TemplateSyntaxException e) {
      throw new IllegalArgumentException("the chat template is broken: " + e.getMessage(), e);
    }
    for (TemplateError error : interpreter.getErrorsCopy()) {
      if (error.getReason() == ErrorReason.SYNTAX_ERROR) {
        throw new IllegalArgumentException(
            "the chat template is broken, line %d: %s"
                .formatted(error.getLineno(), error.getMessage()));
      }
    }
  }

  /** Jinja ignores one line end at the end of a template; Jinjava keeps it. */
  private static String withoutLastLineEnd(String source) {
    return source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
  }
}
