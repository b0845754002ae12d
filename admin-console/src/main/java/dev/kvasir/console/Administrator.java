package dev.kvasir.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.context.FacesContext;

/** Whoever is logged in to the page that is served. */
@ApplicationScoped
public class Administrator {
  /** The name of the account. */
  public String name() {
    return FacesContext.getCurrentInstance().getExternalContext().getRemoteUser();
  }
}
