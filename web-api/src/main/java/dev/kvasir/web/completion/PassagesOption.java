package dev.kvasir.web.completion;

import dev.kvasir.completion.Blend;
import dev.kvasir.completion.BlendKind;
import dev.kvasir.completion.MarkedPassage;
import dev.kvasir.completion.Passages;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.KvasirOptions;
import dev.kvasir.web.openai.KvasirPassage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request's passages, and whether others' K/V of them may serve it. */
final class PassagesOption {
  private static final int MOST_ID_CHARS = 128;
  private static final String RATIO = "kvasir.blend_ratio";

  private PassagesOption() {}

  /**
   * Reads them.
   *
   * @throws RequestFault naming the first field that is not as it must be
   */
  static Passages of(@Nullable KvasirOptions options) {
    if (options == null) {
      return Passages.NONE;
    }
    List<MarkedPassage> marked =
        options.passages() == null ? List.of() : marked(options.passages());
    boolean reuses = reuses(options.reuse());
    Blend blend = blend(options);
    if (reuses && marked.isEmpty()) {
      throw RequestFault.missing(
          "kvasir.passages",
          "kvasir.reuse is \"passages\", but none are marked; send kvasir.passages, each with id and"
              + " text, or leave kvasir.reuse out.");
    }
    if (!reuses && options.blend() != null) {
      throw RequestFault.invalid(
          "kvasir.blend",
          "kvasir.blend is \"%s\", but needs kvasir.reuse to be \"passages\"."
              .formatted(Quoted.of(options.blend())));
    }
    return new Passages(marked, reuses ? blend : null);
  }

  private static boolean reuses(@Nullable String reuse) {
    if (reuse == null || reuse.equals("exact")) {
      return false;
    }
    if (reuse.equals("passages")) {
      return true;
    }
    throw RequestFault.invalid(
        "kvasir.reuse",
        "kvasir.reuse is \"%s\", but must be \"exact\" or \"passages\"."
            .formatted(Quoted.of(reuse)));
  }

  private static Blend blend(KvasirOptions options) {
    BlendKind kind = kind(options.blend());
    Double ratio = options.blendRatio();
    if (ratio == null) {
      return Blend.of(kind);
    }
    if (!(ratio >= 0 && ratio <= 1)) {
      throw RequestFault.invalid(
          RATIO, "%s is %s, but must be between 0 and 1.".formatted(RATIO, ratio));
    }
    if (!kind.hasRatio()) {
      throw RequestFault.invalid(
          RATIO,
          "%s is %s, but kvasir.blend is \"%s\", and only \"cacheblend\" and \"kvshare\" have a ratio; leave one of them out."
              .formatted(RATIO, ratio, kind.label()));
    }
    return new Blend(kind, ratio);
  }

  private static BlendKind kind(@Nullable String asked) {
    if (asked == null) {
      return BlendKind.EPIC;
    }
    for (BlendKind kind : BlendKind.values()) {
      if (kind.label().equals(asked)) {
        return kind;
      }
    }
    throw RequestFault.invalid(
        "kvasir.blend",
        "kvasir.blend is \"%s\", but must be \"none\", \"epic\", \"cacheblend\", \"kvshare\" or \"full\"."
            .formatted(Quoted.of(asked)));
  }

  private static List<MarkedPassage> marked(List<KvasirPassage> passages) {
    if (passages.size() > Passages.MOST) {
      throw RequestFault.invalid(
          "kvasir.passages",
          "kvasir.passages has %d passages, but must have at most %d."
              .formatted(passages.size(), Passages.MOST));
    }
    List<MarkedPassage> marked = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (KvasirPassage passage : passages) {
      String path = "kvasir.passages[%d].".formatted(marked.size());
      String id = required(path + "id", passage.id());
      if (id.length() > MOST_ID_CHARS) {
        throw RequestFault.invalid(
            path + "id",
            "%sid has %d characters, but must have at most %d."
                .formatted(path, id.length(), MOST_ID_CHARS));
      }
      if (!ids.add(id)) {
        throw RequestFault.invalid(
            path + "id",
            "%sid is \"%s\", which an earlier passage has too; ids must differ."
                .formatted(path, Quoted.of(id)));
      }
      marked.add(new MarkedPassage(id, required(path + "text", passage.text())));
    }
    return marked;
  }

  private static String required(String field, @Nullable String text) {
    if (text == null) {
      throw RequestFault.missing(field, "%s is missing.".formatted(field));
    }
    if (text.isBlank()) {
      throw RequestFault.invalid(field, "%s is blank, but must be a text.".formatted(field));
    }
    return text;
  }
}
