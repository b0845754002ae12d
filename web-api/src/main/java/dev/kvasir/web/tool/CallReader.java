package dev.kvasir.web.tool;

import dev.kvasir.web.openai.ToolCallBody;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads one growing answer, and tells text from calls. For one thread. */
public final class CallReader {
  /*
   * Models write calls in two ways. After the mark <tool_call>, as Hermes' and Qwen's templates
   * teach it: then text may stand before it. Or as nothing but JSON, as Llama's do, and as a required
   * call is constrained to. So text is held back that may yet turn out to be a call: all of an answer
   * that begins like JSON, whatever follows a mark, an end that may be the mark's beginning, and
   * white space before that.
   */
  static final String MARK = "<tool_call>";

  private final Set<String> names;
  private final boolean required;
  private final StringBuilder text = new StringBuilder();
  private int given;

  CallReader(Set<String> names, boolean required) {
    this.names = names;
    this.required = required;
  }

  /** Takes more of the answer; gives the text that is no call, often empty. */
  public String push(String more) {
    text.append(more);
    int end = end();
    if (end <= given) {
      return "";
    }
    String shown = text.substring(given, end);
    given = end;
    return shown;
  }

  /**
   * The end of an answer.
   *
   * @param isWhole whether it ended by itself: only then can calls in it be whole
   */
  public Rest finish(boolean isWhole) {
    List<ToolCallBody> calls = isWhole ? CallText.calls(text.toString(), names) : List.of();
    return calls.isEmpty() ? new Rest(text.substring(given), calls) : new Rest("", calls);
  }

  /** Before which the text is certainly no call. */
  private int end() {
    int begin = 0;
    while (begin < text.length() && Character.isWhitespace(text.charAt(begin))) {
      begin++;
    }
    if (required || begin == text.length() || "{[".indexOf(text.charAt(begin)) >= 0) {
      return 0;
    }
    int mark = text.indexOf(MARK, given);
    int end = mark >= 0 ? mark : text.length() - beginningOfMark();
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /** Length of the longest end of the text that the mark may begin with. */
  private int beginningOfMark() {
    int length = Math.min(MARK.length() - 1, text.length());
    while (!MARK.startsWith(text.substring(text.length() - length))) {
      length--;
    }
    return length;
  }

  /**
   * What an answer ends with.
   *
   * @param text that was held back and is no call
   * @param calls none where it has none
   */
  public record Rest(String text, List<ToolCallBody> calls) {
    /** The calls as the events of a stream have them. */
    public List<ToolCallBody> numbered() {
      return IntStream.range(0, calls.size()).mapToObj(i -> numbered(i, calls.get(i))).toList();
    }

    private static ToolCallBody numbered(int index, ToolCallBody call) {
      return new ToolCallBody(index, call.id(), call.type(), call.function());
    }
  }
}
