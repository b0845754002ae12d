package dev.kvasir.ra;

import dev.kvasir.inference.ModelInfo;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.Connector;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.TransactionSupport.TransactionSupportLevel;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.Serializable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** The life of one engine: it is there from the adapter's start to its stop. */
@Connector(
    displayName = "Kvasir inference",
    vendorName = "Kvasir",
    eisType = "LLaMA",
    version = "0.1",
    transactionSupport = TransactionSupportLevel.NoTransaction)
public class InferenceResourceAdapter implements ResourceAdapter, Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = System.getLogger(InferenceResourceAdapter.class.getName());

  @ConfigProperty(description = "Path of a Hugging Face model folder or a GGUF file")
  private String model = "";

  @ConfigProperty(description = "auto, bf16 or f32", defaultValue = "auto")
  private String precision = "auto";

  @ConfigProperty(description = "full, bf16 or int8", defaultValue = "full")
  private String weights = "full";

  @ConfigProperty(description = "cpu or gpu", defaultValue = "cpu")
  private String device = "cpu";

  @ConfigProperty(
      description = "Most tokens of prompt and answer; 0 for the model's own limit",
      defaultValue = "0")
  private Integer contextTokens = 0;

  @ConfigProperty(
      description = "Memory for K/V blocks in MiB; 0 for room for 16 sequences of 2,048 tokens",
      defaultValue = "0")
  private Integer poolMib = 0;

  @ConfigProperty(
      description = "Most prompt tokens between two decode steps, in whole blocks; 0 for 256",
      defaultValue = "0")
  private Integer stepTokens = 0;

  @ConfigProperty(
      description = "Most tokens drafted for a sequence in a decode step; 0 for none",
      defaultValue = "7")
  private Integer draftTokens = 7;

  @ConfigProperty(
      description = "Longest wait of a sequence for the blocks of its prompt; 0 for 20000",
      defaultValue = "0")
  private Integer openWaitMillis = 0;

  @ConfigProperty(
      description = "Memory for the K/V that preempted sequences keep, in MiB; 0 for 512",
      defaultValue = "0")
  private Integer savedMib = 0;

  @ConfigProperty(
      description = "Most blocks of answers that wait to be computed in idle time; 0 for none",
      defaultValue = "1024")
  private Integer idleBlocks = 1_024;

  @ConfigProperty(
      description = "How long answers may still take when the server is told to stop; 0 for 20000",
      defaultValue = "0")
  private Integer stopGraceMillis = 0;

  private transient volatile @Nullable RunningEngine running;
  private transient @Nullable StopHook stopHook;

  @Override
  public void start(BootstrapContext context) throws ResourceAdapterInternalException {
    AdapterConfig config =
        new AdapterConfig(
            model,
            precision,
            weights,
            device,
            contextTokens,
            poolMib,
            stepTokens,
            draftTokens,
            openWaitMillis,
            savedMib,
            idleBlocks,
            stopGraceMillis);
    try {
      running =
          RunningEngine.start(
              config.toEngineConfig(), new WorkManagerExecutor(context.getWorkManager()));
      stopHook = StopHook.set(running.engine()::endAnswers, config.stopGrace());
    } catch (RuntimeException | LinkageError e) {
      stop();
      LOG.log(Level.ERROR, "KVASIR-RA01 the engine did not start: " + e.getMessage());
      throw new ResourceAdapterInternalException(e.getMessage(), e);
    }
    ModelInfo info = running.model().info();
    LOG.log(
        Level.INFO,
        "KVASIR-RA02 model {0} is loaded: {1} parameters, {2} tokens of context, {3} on {4}",
        info.id(),
        info.parameters(),
        info.contextTokens(),
        info.kernelForm(),
        info.device());
  }

  @Override
  public void stop() {
    if (stopHook != null) {
      stopHook.close();
      stopHook = null;
    }
    RunningEngine stopping = running;
    running = null;
    if (stopping != null) {
      stopping.close();
    }
  }

  /**
   * The running engine.
   *
   * @throws ResourceException if the adapter was not started, or was stopped
   */
  Inference inference() throws ResourceException {
    RunningEngine started = running;
    if (started == null) {
      throw new ResourceException("the inference adapter is not running");
    }
    return started;
  }

  @Override
  public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec)
      throws NotSupportedException {
    throw new NotSupportedException("the inference adapter sends no messages");
  }

  @Override
  public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {}

  @Override
  public XAResource[] getXAResources(ActivationSpec[] specs) {
    return new XAResource[0];
  }

  public String getModel() {
    return model;
  }

  public void setModel(String model) {
    this.model = model;
  }

  public String getPrecision() {
    return precision;
  }

  public void setPrecision(String precision) {
    this.precision = precision;
  }

  public String getWeights() {
    return weights;
  }

  public void setWeights(String weights) {
    this.weights = weights;
  }

  public String getDevice() {
    return device;
  }

  public void setDevice(String device) {
    this.device = device;
  }

  public Integer getContextTokens() {
    return contextTokens;
  }

  public void setContextTokens(Integer contextTokens) {
    this.contextTokens = contextTokens;
  }

  public Integer getPoolMib() {
    return poolMib;
  }

  public void setPoolMib(Integer poolMib) {
    this.poolMib = poolMib;
  }

  public Integer getStepTokens() {
    return stepTokens;
  }

  public void setStepTokens(Integer stepTokens) {
    this.stepTokens = stepTokens;
  }

  public Integer getDraftTokens() {
    return draftTokens;
  }

  public void setDraftTokens(Integer draftTokens) {
    this.draftTokens = draftTokens;
  }

  public Integer getOpenWaitMillis() {
    return openWaitMillis;
  }

  public void setOpenWaitMillis(Integer openWaitMillis) {
    this.openWaitMillis = openWaitMillis;
  }

  public Integer getSavedMib() {
    return savedMib;
  }

  public void setSavedMib(Integer savedMib) {
    this.savedMib = savedMib;
  }

  public Integer getIdleBlocks() {
    return idleBlocks;
  }

  public void setIdleBlocks(Integer idleBlocks) {
    this.idleBlocks = idleBlocks;
  }

  /** The specification wants these two said: one adapter is equal to itself only. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  public Integer getStopGraceMillis() {
    return stopGraceMillis;
  }

  public void setStopGraceMillis(Integer stopGraceMillis) {
    this.stopGraceMillis = stopGraceMillis;
  }
}
