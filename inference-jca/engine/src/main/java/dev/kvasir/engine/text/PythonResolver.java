package dev.kvasir.engine.text;

import java.beans.FeatureDescriptor;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/**
 * What templates may do with strings and dictionaries in Python and not in Java; everything else is
 * left to the resolvers behind it.
 */
final class PythonResolver extends ELResolver {
  /** Jinjava hands indexes over as text. */
  private static final Pattern INDEX = Pattern.compile("-?\\d{1,9}");

  @Override
  public @Nullable Object invoke(
      ELContext context,
      @Nullable Object base,
      Object method,
      Class<?> @Nullable [] types,
      @Nullable Object @Nullable [] arguments) {
    @Nullable Object[] given = arguments == null ? new Object[0] : arguments;
    Optional<Object> value = Optional.empty();
    if (base instanceof String text) {
      value = PythonStrings.call(text, String.valueOf(method), given);
    } else if (base instanceof Map<?, ?> map && method.equals("get") && given.length == 2) {
      Object found = map.get(given[0]);
      context.setPropertyResolved(true);
      return found == null ? given[1] : found;
    }
    value.ifPresent(result -> context.setPropertyResolved(true));
    return value.orElse(null);
  }

  /** {@code text[0]}, {@code text[-1]}. */
  @Override
  public @Nullable Object getValue(
      ELContext context, @Nullable Object base, @Nullable Object property) {
    if (base instanceof String text && INDEX.matcher(String.valueOf(property)).matches()) {
      int index = Integer.parseInt(String.valueOf(property));
      int fromStart = index < 0 ? index + text.length() : index;
      if (fromStart >= 0 && fromStart < text.length()) {
        context.setPropertyResolved(true);
        return text.substring(fromStart, fromStart + 1);
      }
    }
    return null;
  }

  @Override
  public @Nullable Class<?> getType(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {}

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public @Nullable Iterator<FeatureDescriptor> getFeatureDescriptors(
      ELContext context, Object base) {
    return null;
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return Object.class;
  }
}
