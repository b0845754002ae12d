package dev.kvasir.bench.engine;

import dev.kvasir.bench.report.Machine;
import dev.kvasir.bench.report.Measurements;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.load.Checkpoints;
import dev.kvasir.inference.KvType;
import dev.kvasir.inference.ModelInfo;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;

/** Prefill, suffixes of cached prompts and decode steps, beside other systems. */
public final class EngineBench {
  private final EngineChoice choice;
  private final PrintStream out;
  private final PrintStream progress;
  private final Measurements measurements = new Measurements();
  private final AnswerCheck answers = new AnswerCheck();
  private final List<Contender> contenders = new ArrayList<>();

  /** Prints the table to {@code out}, and each single figure to {@code progress} as it comes. */
  public EngineBench(EngineChoice choice, PrintStream out, PrintStream progress) {
    this.choice = choice;
    this.out = out;
    this.progress = progress;
  }

  /**
   * Measures, prints the table and gives the figures; they have failed if another system's best
   * answers are others than ours.
   *
   * @throws IllegalStateException if one of our answers differs from an earlier one
   */
  public Measurements run(Path model) throws IOException {
    try (Checkpoint checkpoint = Checkpoints.open(model)) {
      Kvasir kvasir = Kvasir.start(model, checkpoint.config());
      contenders.add(kvasir);
      ModelInfo info = kvasir.model().info();
      tell(info);
      startOthers(model, checkpoint);
      List<Case> cases = fitting(info.contextTokens());
      Prompts prompts = new Prompts(text -> kvasir.model().tokenize(text, false));
      OtherLoad others = OtherLoad.than(contenders.stream().map(Contender::process).toList());
      Rounds rounds = new Rounds(contenders, prompts, answers, others);
      rounds
          .run(cases, choice.repeats(), progress)
          .forEach((one, millis) -> millis.forEach((system, times) -> add(one, system, times)));
      addCeilings(cases, checkpoint.config(), info.layout().type());
      new EngineReport(measurements, choice.systems()).print(out, cases);
      out.printf(
          "answers: kvasir's are the same in each of %d rounds, in batches and alone%n",
          choice.repeats() + 1);
      new AnswerReport(answers, measurements).print(out, contenders, cases, prompts);
      tellDisturbance(rounds.disturbed());
      return measurements;
    } finally {
      contenders.forEach(Contender::close);
    }
  }

  private void tell(ModelInfo info) {
    measurements.note("model", info.id());
    measurements.note("numbers", info.layout().type() + " " + info.kernelForm());
    out.printf(
        "%s, %s %s, %s; medians of %d%n",
        info.id(), info.layout().type(), info.kernelForm(), Machine.facts(), choice.repeats());
  }

  private void startOthers(Path model, Checkpoint checkpoint) throws IOException {
    if (choice.systems().contains(Kvasir.NAME_WITH_DRAFTS)) {
      contenders.add(Kvasir.startWithDrafts(model, checkpoint.config()));
    }
    if (choice.systems().contains(Kvasir.NAME_WITH_INT8)) {
      startWithInt8(model, checkpoint.config());
    }
    for (PeerKind kind : PeerKind.values()) {
      if (!choice.systems().contains(kind.label())) {
        continue;
      }
      if (Peer.isInstalled(kind)) {
        contenders.add(Peer.start(kind, checkpoint));
      } else {
        out.printf("%s: not installed; bin/bench peers %s%n", kind.label(), kind.folder());
      }
    }
  }

  private void startWithInt8(Path model, LlamaConfig shape) {
    Kvasir int8 = Kvasir.startWithInt8(model, shape);
    if (int8.hasInt8()) {
      contenders.add(int8);
    } else {
      int8.close();
      out.printf("%s: 8-bit products do not run here%n", Kvasir.NAME_WITH_INT8);
    }
  }

  private List<Case> fitting(int contextTokens) {
    List<Case> cases = new ArrayList<>(choice.cases());
    cases.removeIf(one -> one.contextTokens() > contextTokens);
    choice.cases().stream()
        .filter(one -> !cases.contains(one))
        .forEach(one -> out.printf("%s: longer than the model's context%n", one.name()));
    return cases;
  }

  private void add(Case one, String system, List<Double> millis) {
    measurements.add(one.name(), system, EngineReport.METRIC, "ms", millis);
  }

  private void addCeilings(List<Case> cases, LlamaConfig model, KvType type) {
    boolean bf16 = type == KvType.BF16;
    MachineSpeed speed =
        bf16 ? MachineSpeed.measure(TBfloat16.class) : MachineSpeed.measure(TFloat32.class);
    out.printf(
        "reads %.1f GB/s, multiplies at %.0f GFLOP/s%n",
        speed.bytesPerMilli() / 1e6, speed.operationsPerMilli() / 1e6);
    Ceiling ceiling = new Ceiling(model, bf16 ? NumberType.BF16 : NumberType.F32, speed);
    for (Case one : cases) {
      ceiling.millis(one).ifPresent(millis -> add(one, EngineReport.CEILING, List.of(millis)));
    }
  }

  private void tellDisturbance(int repeats) {
    if (repeats > 0) {
      out.printf("NOTICE: other programs took part of the processor in %d figures%n", repeats);
    }
  }
}
