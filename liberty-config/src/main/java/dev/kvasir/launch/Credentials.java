package dev.kvasir.launch;

/**
 * Who may administer the cluster, and the key of its default tenant; the same on all nodes.
 *
 * @param adminUser name
 * @param adminPassword of the user
 * @param tenantKey an API key
 */
record Credentials(String adminUser, String adminPassword, String tenantKey) {
  private static final int PASSWORD_BYTES = 12;
  private static final int KEY_BYTES = 24;

  static Credentials of(ClusterSecret secret) {
    return new Credentials(
        "admin",
        secret.derive("kvasir admin password", PASSWORD_BYTES),
        "sk-kvasir-" + secret.derive("kvasir default tenant key", KEY_BYTES));
  }

  /** The content of {@code credentials.properties}. */
  String toProperties() {
    return """
        admin.user=%s
        admin.password=%s
        tenant.default.key=%s
        """
        .formatted(adminUser, adminPassword, tenantKey);
  }
}
