package dev.kvasir.console.policy;

import dev.kvasir.cache.PolicyParameter;
import java.io.Serializable;

/** One parameter of a policy, as a slider holds it. */
public final class ParameterField implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String meaning;
  private final int min;
  private final int max;
  private int value;

  ParameterField(PolicyParameter parameter, int value) {
    name = parameter.name();
    meaning = parameter.meaning();
    min = parameter.min();
    max = parameter.max();
    this.value = value;
  }

  /** As settings spell it. */
  public String getName() {
    return name;
  }

  /** The name as a label: words. */
  public String getLabel() {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('_', ' ');
  }

  public String getMeaning() {
    return meaning;
  }

  public int getMin() {
    return min;
  }

  public int getMax() {
    return max;
  }

  public int getValue() {
    return value;
  }

  public void setValue(int value) {
    this.value = value;
  }
}
