package dev.kvasir.console.playground;

import dev.kvasir.completion.CompletionService;
import dev.kvasir.console.Texts;
import dev.kvasir.inference.ModelInfo;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The chat page. The conversation itself lives in the browser, which streams each answer from this
 * server's {@code /v1/chat/completions} as any client of the default tenant: what the page shows is
 * what an API client gets.
 */
@Named
@RequestScoped
public class Playground {
  private static final System.Logger LOGGER = System.getLogger(Playground.class.getName());

  @EJB CompletionService completions;

  private @Nullable ModelInfo model;

  @PostConstruct
  void load() {
    try {
      model = completions.model();
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "KVASIR-C02: the model cannot be asked for its facts", e);
    }
  }

  /** Whether a model is there to talk to. */
  public boolean isReady() {
    return model != null;
  }

  /** The model in one line. */
  public String getModel() {
    ModelInfo facts = model;
    return facts == null
        ? Texts.of("playground.noModel")
        : Texts.of("playground.model", facts.id(), facts.contextTokens(), facts.device());
  }

  /** Most tokens of prompt and answer together; 0 without a model. */
  public int getContextTokens() {
    return model == null ? 0 : model.contextTokens();
  }
}
