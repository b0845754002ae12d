package dev.kvasir.console;

import dev.kvasir.cache.audit.AuditEvent.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was noted. */
public final class TestingActs extends Acts {
  /** What was noted, oldest first: what, target and outcome. */
  public final List<String> noted = new ArrayList<>();

  @Override
  protected void note(String what, String target, Outcome outcome) {
    noted.add(what + " " + target + " " + outcome);
  }
}
