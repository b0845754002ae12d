package dev.kvasir.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;

/** What frames every page: the node's name, whether its figures are current, the way out. */
@Named
@RequestScoped
public class Shell {
  @Inject Snapshots snapshots;

  /** Name of the node that answers. */
  public String getNode() {
    return snapshots.latest().map(snapshot -> snapshot.stats().node()).orElse("…");
  }

  /** Whether there is anything to show. */
  public boolean isReady() {
    return snapshots.latest().isPresent();
  }

  /** Says that the figures are old, or nothing if they are not. */
  public String getStaleness() {
    if (!snapshots.isStale()) {
      return "";
    }
    return isReady() ? Texts.of("shell.stale", snapshots.ageSeconds()) : Texts.of("shell.starting");
  }

  /** Ends the session and the single sign-on, and shows the login page. */
  public String logOut() throws ServletException {
    ExternalContext context = FacesContext.getCurrentInstance().getExternalContext();
    ((HttpServletRequest) context.getRequest()).logout();
    context.invalidateSession();
    return "/login?faces-redirect=true&out=1";
  }
}
