package dev.kvasir.console;

import jakarta.faces.application.FacesMessage.Severity;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was told. */
public final class TestingNotices extends Notices {
  /** What was told, oldest first: severity and text. */
  public final List<String> told = new ArrayList<>();

  @Override
  protected void show(Severity severity, String text) {
    told.add(severity + ": " + text);
  }
}
