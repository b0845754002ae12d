package dev.kvasir.engine.text;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.interpret.TemplateError.ErrorItem;
import com.hubspot.jinjava.interpret.TemplateError.ErrorReason;
import com.hubspot.jinjava.interpret.TemplateError.ErrorType;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import jinjava.javax.el.CompositeELResolver;

/**
 * Jinjava set up as transformers sets up Jinja for chat templates: {@code trim_blocks} and {@code
 * lstrip_blocks} on, no autoescape, {@code raise_exception}; and with Python's string methods,
 * which Java's strings lack.
 */
public final class TransformersJinja {
  private TransformersJinja() {}

  static Jinjava create() {
    JinjavaConfig config =
        JinjavaConfig.newBuilder()
            .withTrimBlocks(true)
            .withLstripBlocks(true)
            .withNestedInterpretationEnabled(false) // else users' text would be run as template
            .withElResolver(resolver())
            .withLegacyOverrides(likeJinja())
            .build();
    Jinjava jinjava = new Jinjava(config);
    jinjava
        .getGlobalContext()
        .registerFunction(
            new ELFunctionDefinition(
                "", "raise_exception", TransformersJinja.class, "raiseException", Object.class));
    jinjava.getGlobalContext().registerFilter(new ToJson());
    return jinjava;
  }

  /** Called by templates, through reflection: notes the refusal and lets rendering run out. */
  public static String raiseException(Object message) {
    JinjavaInterpreter interpreter = JinjavaInterpreter.getCurrent();
    String text = String.valueOf(message);
    interpreter.addError(
        new TemplateError(
            ErrorType.FATAL,
            ErrorReason.EXCEPTION,
            ErrorItem.FUNCTION,
            text,
            "raise_exception",
            interpreter.getLineNumber(),
            new RefusedMessagesException(text)));
    return "";
  }

  private static CompositeELResolver resolver() {
    CompositeELResolver resolver = new CompositeELResolver();
    resolver.add(new PythonResolver());
    resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    return resolver;
  }

  /** Jinjava's default is its own past; these make it Jinja. */
  private static LegacyOverrides likeJinja() {
    return LegacyOverrides.newBuilder()
        .withEvaluateMapKeys(true)
        .withIterateOverMapKeys(true)
        .withUsePyishObjectMapper(true)
        .withUseNaturalOperatorPrecedence(true)
        .withParseWhitespaceControlStrictly(true)
        .withUseTrimmingForNotesAndExpressions(true)
        .withKeepNullableLoopValues(true)
        .build();
  }
}
