package dev.kvasir.it;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Who may do what, for every operation that the server itself describes. */
final class RoleMatrix {
  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "put", "patch", "delete");

  private RoleMatrix() {}

  /**
   * All operations of an OpenAPI document, with something that does not exist in their paths.
   *
   * @throws AssertionError if one of them does not say whom it is for
   */
  static List<Operation> operations(String openApi) {
    List<Operation> operations = new ArrayList<>();
    try (JsonReader reader = Json.createReader(new StringReader(openApi))) {
      JsonObject paths = reader.readObject().getJsonObject("paths");
      for (String path : paths.keySet()) {
        JsonObject methods = paths.getJsonObject(path);
        for (String method : methods.keySet()) {
          if (METHODS.contains(method)) {
            JsonArray security = methods.getJsonObject(method).getJsonArray("security");
            if (security == null || security.size() != 1) {
              throw new AssertionError(method + " " + path + " does not say whom it is for");
            }
            operations.add(
                new Operation(
                    method.toUpperCase(Locale.ROOT),
                    path.replaceAll("\\{[^}]*}", "none"),
                    security.getJsonObject(0).containsKey("tenant_key")));
          }
        }
      }
    }
    return operations;
  }

  /**
   * One of them.
   *
   * @param isForTenants whether it is for those who have a tenant's key
   */
  record Operation(String method, String path, boolean isForTenants) {
    /** Whether a role is let in. */
    boolean admits(String role) {
      if (isForTenants) {
        return role.equals("app") || role.equals("admin");
      }
      return role.equals("admin") || (role.equals("operator") && method.equals("GET"));
    }

    /** Whether it may be tried: an administrator's changes would change the server under test. */
    boolean isSafeFor(String role) {
      return method.equals("GET") || isForTenants || !role.equals("admin");
    }
  }
}
