package dev.kvasir.web.access;

/** Names of roles: of container users by their groups, of keys by what they were given for. */
public final class Roles {
  /** May do everything. */
  public static final String ADMIN = "admin";

  /** May read what administrators read. */
  public static final String OPERATOR = "operator";

  /** May ask for completions, in the name of its tenant. */
  public static final String APP = "app";

  private Roles() {}
}
