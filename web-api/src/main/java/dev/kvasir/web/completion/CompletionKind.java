package dev.kvasir.web.completion;

import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.CompletionFields;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of completion does in its own way.
 *
 * @param <W> its body on the wire
 */
interface CompletionKind<W extends Record & CompletionFields> {
  /** Its body on the wire. */
  Class<W> wireType();

  /** First letters of its answers' ids. */
  String idPrefix();

  /**
   * What is to be completed.
   *
   * @throws RequestFault naming the first field that is not as it must be
   */
  Prompt prompt(W wire);

  /**
   * Most tokens of the answer; null for what the context allows.
   *
   * @throws RequestFault if it is below 1 or above the context
   */
  @Nullable Integer maxNewTokens(W wire, int contextTokens);

  /**
   * How many log-probabilities come with each token; null for none at all.
   *
   * @throws RequestFault if that cannot be
   */
  @Nullable Integer topLogprobs(W wire);

  /** Fields that it does not act on. */
  default UnsupportedFields unsupported(ModelInfo model) {
    return UnsupportedFields.COMPLETION;
  }

  /**
   * The form that answers keep to; null for any text.
   *
   * @throws RequestFault if it is not as it must be
   */
  default @Nullable ResponseFormat format(W wire) {
    return ResponseFormatField.of(wire.responseFormat());
  }

  /** The field that names the form. */
  default String formatField(W wire) {
    return ResponseFormatField.FIELD;
  }

  /**
   * The wire form of its answers.
   *
   * @param choices how many
   */
  AnswerForm answer(AnswerHead head, int choices, W wire);
}
