package dev.kvasir.console;

/** Somebody. */
public final class TestingAdministrator extends Administrator {
  @Override
  public String name() {
    return "eve";
  }
}
