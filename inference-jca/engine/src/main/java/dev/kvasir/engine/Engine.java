package dev.kvasir.engine;

import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Weights;
import dev.kvasir.engine.blend.Assembler;
import dev.kvasir.engine.constrain.Constraints;
import dev.kvasir.engine.constrain.Vocabulary;
import dev.kvasir.engine.graph.GraphSession;
import dev.kvasir.engine.graph.GraphShape;
import dev.kvasir.engine.graph.KernelForm;
import dev.kvasir.engine.graph.KernelProbe;
import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.paged.BlockPool;
import dev.kvasir.engine.schedule.AnswerRules;
import dev.kvasir.engine.schedule.Generation;
import dev.kvasir.engine.schedule.Patience;
import dev.kvasir.engine.schedule.Scheduler;
import dev.kvasir.engine.schedule.StepLoop;
import dev.kvasir.engine.schedule.StepProbe;
import dev.kvasir.engine.schedule.StepRules;
import dev.kvasir.engine.text.ChatTemplate;
import dev.kvasir.engine.text.Tokenizer;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.TextAssets;
import dev.kvasir.engine.weights.load.Checkpoints;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.inference.PoolBusyException;
import dev.kvasir.inference.ResponseFormat;
import dev.kvasir.inference.SequenceRequest;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A loaded model, its block pool, and the one thread that runs steps on both. Safe for all threads.
 */
public final class Engine implements AutoCloseable {
  private final EngineCore core;
  private final EngineModel model;
  private final AnswerRules answers;
  private final Constraints constraints;

  private Engine(EngineCore core, EngineModel model, AnswerRules answers, Constraints constraints) {
    this.core = core;
    this.model = model;
    this.answers = answers;
    this.constraints = constraints;
  }

  /**
   * Loads the model and starts the step loop.
   *
   * @param config what to load and where to run it
   * @param executor lends the loop one thread at a time, while there is work; finds the kernels
   *     while the model's files are opened, makes tokenizer and template while the graph loads
   * @throws ModelLoadException if the model cannot be loaded; names the file and the tensor
   */
  public static Engine start(EngineConfig config, Executor executor) {
    Later<KernelForm> form = Later.of(() -> kernelForm(config), executor); // loads TensorFlow
    try (Checkpoint checkpoint = Checkpoints.open(config.model())) {
      TextAssets text = checkpoint.text();
      Later<Tokenizer> tokenizer = Later.of(() -> Tokenizer.of(text.tokenizerJson()), executor);
      try {
        return start(config, executor, checkpoint, tokenizer, form);
      } catch (RuntimeException | Error e) {
        tokenizer.discard(Tokenizer::close);
        throw e;
      }
    }
  }

  private static Engine start(
      EngineConfig config,
      Executor executor,
      Checkpoint checkpoint,
      Later<Tokenizer> tokenizer,
      Later<KernelForm> probed) {
    Later<ChatTemplate> template = tokenizer.then(made -> ChatTemplate.of(checkpoint.text()));
    NumberType numbers = Numerics.numbers(config.precision());
    KernelForm form = probed.get();
    GraphShape shape = GraphSizing.of(checkpoint.config(), config, numbers);
    GraphSession graph = new GraphSession(checkpoint, shape, numbers, form);
    Later<BlockHash> digest = Later.of(checkpoint::weightsDigest, executor); // kept for the layout
    try {
      StepRules rules = rules(config, graph, shape, form);
      digest.get();
      KvLayout layout =
          new Numerics(config.device(), numbers, form, rules, shape.shards()).layout(checkpoint);
      BlockPool pool =
          new BlockPool(
              PagedGraph.FIRST_BLOCK,
              shape.poolBlocks() - PagedGraph.FIRST_BLOCK,
              layout.payloadBytes());
      WatchedGraph watched = new WatchedGraph(graph, System::nanoTime);
      Scheduler scheduler = new Scheduler(watched, pool, rules, config.limits());
      EngineLife life = new EngineLife(scheduler);
      EngineCore core =
          new EngineCore(
              new StepLoop(executor, life),
              life,
              scheduler,
              pool,
              graph,
              watched,
              new Assembler(layout, checkpoint.config().rope()));
      ModelInfo info =
          info(
              checkpoint.config(),
              shape,
              layout,
              form,
              config.device(),
              template.get().rendersTools());
      AnswerRules answers =
          new AnswerRules(
              tokenizer.get(), checkpoint.config().eosTokenIds(), shape.contextTokens(), null);
      NativeHeap.trim();
      Constraints constraints = new Constraints(() -> vocabulary(answers, info));
      TextSide textSide = new TextSide(tokenizer.get(), template.get(), constraints);
      return new Engine(core, new EngineModel(info, textSide, core), answers, constraints);
    } catch (RuntimeException | Error e) {
      digest.discard(unused -> {}); // it reads what is about to be closed
      graph.close(); // nobody else has it yet
      throw e;
    }
  }

  /** Eigen's products on the CPU are known to be inexact in larger steps; a GPU's are probed. */
  private static StepRules rules(
      EngineConfig config, PagedGraph graph, GraphShape shape, KernelForm form) {
    return config.device() == Device.CPU && form == KernelForm.PLAIN
        ? StepProbe.smallest(shape)
        : StepProbe.rules(graph, shape);
  }

  private static KernelForm kernelForm(EngineConfig config) {
    if (config.device() == Device.GPU) {
      KernelProbe.requireGpu();
      return KernelForm.PLAIN;
    }
    KernelForm asked = config.kernelForm();
    if (asked != null) {
      return asked;
    }
    NumberType numbers = Numerics.numbers(config.precision());
    return config.weights() == Weights.INT8
        ? KernelProbe.fastestWithInt8(numbers)
        : KernelProbe.fastest(numbers);
  }

  private static ModelInfo info(
      LlamaConfig model,
      GraphShape shape,
      KvLayout layout,
      KernelForm form,
      Device device,
      boolean tools) {
    return new ModelInfo(
        model.id(),
        shape.contextTokens(),
        model.vocabularySize(),
        model.parameters(),
        model.tokensToDouble(),
        layout,
        form.label(),
        device.name().toLowerCase(Locale.ROOT),
        tools);
  }

  private static Vocabulary vocabulary(AnswerRules answers, ModelInfo info) {
    return new Vocabulary(
        info.vocabularySize(), answers.tokenizer()::textBytes, answers.endTokens());
  }

  /** The model without a decode slot. */
  public Model model() {
    return model;
  }

  /**
   * Starts a sequence; its leading blocks that the pool holds are taken at once. Waits while other
   * sequences hold the blocks that its prompt needs.
   *
   * @throws IllegalArgumentException if the prompt fills the context, or a token with a bias is not
   *     in the vocabulary
   * @throws dev.kvasir.inference.ResponseFormatException if its response format is not supported
   * @throws dev.kvasir.inference.PoolExhaustedException if prompt and new tokens can never fit the
   *     pool
   * @throws dev.kvasir.inference.PoolBusyException if they do so for too long, or this thread is
   *     interrupted while it waits
   * @throws dev.kvasir.inference.InferenceException if the engine has failed or was stopped
   */
  public EngineSequence open(SequenceRequest request) {
    return open(request, () -> true);
  }

  /**
   * Likewise, as long as somebody waits for it.
   *
   * @param wanted asked on this thread, about once a second, whenever this or a call of the
   *     sequence waits; once false, the sequence is cancelled
   * @throws java.util.concurrent.CancellationException if that was so before it was open
   */
  public EngineSequence open(SequenceRequest request, BooleanSupplier wanted) {
    return open(request, wanted, logits -> {});
  }

  /**
   * Likewise, and shows the logits of the first new token, (vocabulary), on the loop's thread; they
   * are the watcher's to read only. For checks that two ways to an answer are equal.
   */
  public EngineSequence open(
      SequenceRequest request, BooleanSupplier wanted, Consumer<float[]> firstLogits) {
    if (request.prompt().size() >= model.info().contextTokens()) {
      throw new IllegalArgumentException(
          "the prompt has %d tokens, but the context has %d, and one must be left for the answer"
              .formatted(request.prompt().size(), model.info().contextTokens()));
    }
    request.sampling().requireTokensWithin(model.info().vocabularySize());
    ResponseFormat format = request.sampling().responseFormat();
    AnswerRules rules = format == null ? answers : answers.within(constraints.of(format));
    Generation generation = core.scheduler().generation(request, rules);
    generation.watchFirstLogits(firstLogits);
    await(generation, wanted);
    return new EngineSequence(core, model.info().layout(), generation, wanted);
  }

  private void await(Generation generation, BooleanSupplier wanted) {
    Scheduler scheduler = core.scheduler();
    try {
      core.loop()
          .await(
              outcome -> scheduler.open(generation, outcome),
              new Patience(scheduler.openWaitNanos(), wanted),
              scheduler::giveUp);
    } catch (PoolBusyException e) {
      if (!wanted.getAsBoolean()) {
        throw new CancellationException("the sequence was not wanted any more: " + e.getMessage());
      }
      throw e;
    }
  }

  /** Ends open sequences with an error, and starts no more. Idempotent. */
  public void endAnswers() {
    core.loop().close();
  }

  /** Ends open sequences with an error, then frees the graph and tokenizer. Idempotent. */
  @Override
  public void close() {
    try {
      core.loop().close();
    } finally {
      core.graph().close();
      answers.tokenizer().close();
    }
  }
}
