package dev.kvasir.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.application.FacesMessage.Severity;
import jakarta.faces.context.FacesContext;

/** Tells the user what an action did. */
@ApplicationScoped
public class Notices {
  /** It is done. */
  public void done(String text) {
    show(FacesMessage.SEVERITY_INFO, text);
  }

  /** It was possible, but had no effect; the text says what to do. */
  public void nothing(String text) {
    show(FacesMessage.SEVERITY_WARN, text);
  }

  /** It failed; the text says why. */
  public void failed(String text) {
    show(FacesMessage.SEVERITY_ERROR, text);
  }

  /** Shows the text. */
  protected void show(Severity severity, String text) {
    FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(severity, text, ""));
  }
}
