package dev.kvasir.console.playground;

import dev.kvasir.completion.CompletionService;
import dev.kvasir.console.Acts;
import dev.kvasir.console.Texts;
import dev.kvasir.inference.ModelInfo;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Map;
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
  @Inject Acts acts;

  private @Nullable ModelInfo model;

  /** Which of two answers somebody can prefer. */
  private enum Preferred {
    WITH,
    SAME,
    WITHOUT
  }

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

  /** Notes which of two answers the user found better, as the page's script says. */
  public void prefer() {
    Map<String, String> said =
        FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
    prefer(said.getOrDefault("preferred", ""), Boolean.parseBoolean(said.get("equal")));
  }

  /** Notes it in the audit trail; something else than a preference is not noted. */
  void prefer(String said, boolean equal) {
    for (Preferred preferred : Preferred.values()) {
      if (preferred.name().equalsIgnoreCase(said)) {
        String target =
            "%s cache, answers %s"
                .formatted(said.toLowerCase(Locale.ROOT), equal ? "equal" : "different");
        acts.run("prefer answer", target, () -> {});
      }
    }
  }
}
