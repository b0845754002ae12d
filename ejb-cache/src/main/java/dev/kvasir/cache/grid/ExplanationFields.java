package dev.kvasir.cache.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.kvasir.cache.AbsenceMemory;
import dev.kvasir.cache.Explanation;
import dev.kvasir.cache.RequestSummary;
import dev.kvasir.completion.Approximation;
import dev.kvasir.completion.Approximation.Donor;
import dev.kvasir.completion.BlendKind;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Gap;
import dev.kvasir.completion.LoadEstimate;
import dev.kvasir.completion.MissReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How explanations of requests are written, field by field. */
final class ExplanationFields {
  private ExplanationFields() {}

  static void write(ObjectDataOutput out, AskExplanation.Answer answer) throws IOException {
    Explanation found = answer.found();
    out.writeBoolean(found != null);
    if (found != null) {
      writeRequest(out, found.request());
      AbsenceMemory memory = found.memory();
      out.writeInt(memory.capacity());
      out.writeInt(memory.names());
      out.writeDouble(memory.oldestSeconds());
    }
  }

  static AskExplanation.Answer read(ObjectDataInput in) throws IOException {
    return new AskExplanation.Answer(
        in.readBoolean()
            ? new Explanation(
                readRequest(in), new AbsenceMemory(in.readInt(), in.readInt(), in.readDouble()))
            : null);
  }

  private static void writeRequest(ObjectDataOutput out, RequestSummary request)
      throws IOException {
    out.writeString(request.id());
    out.writeString(request.node());
    out.writeLong(request.arrivedEpochMillis());
    out.writeString(request.tenant());
    out.writeString(request.model());
    out.writeString(request.status());
    out.writeInt(request.promptTokens());
    out.writeInt(request.answerTokens());
    CacheReport cache = request.cache();
    out.writeBoolean(cache != null);
    if (cache != null) {
      writeReport(out, cache);
    }
    out.writeDouble(request.firstTokenMillis());
    out.writeDouble(request.totalMillis());
  }

  private static RequestSummary readRequest(ObjectDataInput in) throws IOException {
    return new RequestSummary(
        text(in),
        text(in),
        in.readLong(),
        text(in),
        text(in),
        text(in),
        in.readInt(),
        in.readInt(),
        in.readBoolean() ? readReport(in) : null,
        in.readDouble(),
        in.readDouble());
  }

  private static void writeReport(ObjectDataOutput out, CacheReport cache) throws IOException {
    out.writeInt(cache.poolTokens());
    out.writeInt(cache.nearTokens());
    out.writeInt(cache.localTokens());
    out.writeInt(cache.remoteTokens());
    out.writeInt(cache.diskTokens());
    out.writeInt(cache.computedTokens());
    out.writeString(cache.missReason().name());
    out.writeDouble(cache.lookupMillis());
    out.writeDouble(cache.loadMillis());
    out.writeDouble(cache.prefillMillis());
    out.writeString(cache.node());
    out.writeInt(cache.gaps().size());
    for (Gap gap : cache.gaps()) {
      out.writeString(gap.reason().name());
      out.writeInt(gap.tokens());
      out.writeString(gap.policy());
      writeNumber(out, gap.agoSeconds());
    }
    LoadEstimate estimate = cache.estimate();
    out.writeBoolean(estimate != null);
    if (estimate != null) {
      out.writeInt(estimate.tokens());
      out.writeBoolean(estimate.load());
      writeNumber(out, estimate.loadMillis());
      writeNumber(out, estimate.recomputeMillis());
    }
    writeApproximation(out, cache.approximation());
  }

  private static CacheReport readReport(ObjectDataInput in) throws IOException {
    return new CacheReport(
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        MissReason.valueOf(text(in)),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        text(in),
        readGaps(in),
        in.readBoolean()
            ? new LoadEstimate(in.readInt(), in.readBoolean(), readNumber(in), readNumber(in))
            : null,
        readApproximation(in));
  }

  private static void writeApproximation(
      ObjectDataOutput out, @Nullable Approximation approximation) throws IOException {
    out.writeBoolean(approximation != null);
    if (approximation != null) {
      out.writeString(approximation.policy().name());
      out.writeInt(approximation.reusedTokens());
      out.writeInt(approximation.recomputedTokens());
      out.writeInt(approximation.donors().size());
      for (Donor donor : approximation.donors()) {
        out.writeString(donor.passage());
        out.writeString(donor.request());
        out.writeInt(donor.tokens());
      }
    }
  }

  private static @Nullable Approximation readApproximation(ObjectDataInput in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    BlendKind policy = BlendKind.valueOf(text(in));
    int reused = in.readInt();
    int recomputed = in.readInt();
    int count = in.readInt();
    List<Donor> donors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      donors.add(new Donor(text(in), text(in), in.readInt()));
    }
    return new Approximation(policy, reused, recomputed, donors);
  }

  private static List<Gap> readGaps(ObjectDataInput in) throws IOException {
    int count = in.readInt();
    List<Gap> gaps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      gaps.add(
          new Gap(MissReason.valueOf(text(in)), in.readInt(), in.readString(), readNumber(in)));
    }
    return gaps;
  }

  private static void writeNumber(ObjectDataOutput out, @Nullable Double number)
      throws IOException {
    out.writeBoolean(number != null);
    if (number != null) {
      out.writeDouble(number);
    }
  }

  private static @Nullable Double readNumber(ObjectDataInput in) throws IOException {
    return in.readBoolean() ? in.readDouble() : null;
  }

  private static String text(ObjectDataInput in) throws IOException {
    return Objects.requireNonNull(in.readString());
  }
}
