package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the files for containers say, against the schemas and keys that read them. */
final class DeployFilesIT {
  /** A schema's check of a document: unknown, missing and mistyped fields. */
  private interface Schema {
    void check(JsonElement document) throws IOException;
  }

  private static final Map<String, Schema> SCHEMAS =
      Map.of(
          "Service", V1Service::validateJsonElement,
          "StatefulSet", V1StatefulSet::validateJsonElement,
          "PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
          "NetworkPolicy", V1NetworkPolicy::validateJsonElement);

  @Test
  void kubernetes_everyObject_fitsItsSchema() throws IOException {
    List<JsonElement> documents = DeployFiles.documents("kubernetes.yaml");
    assertEquals(5, documents.size());
    for (JsonElement document : documents) {
      String kind = document.getAsJsonObject().get("kind").getAsString();
      Objects.requireNonNull(SCHEMAS.get(kind), kind).check(document);
    }
  }

  @Test
  void kubernetes_names_meanWhatIsThere() throws IOException {
    List<JsonObject> objects = DeployFiles.objects("kubernetes.yaml");
    JsonObject grid = objects.get(0);
    JsonObject set = objects.get(2);
    JsonObject pod = set.getJsonObject("spec").getJsonObject("template");
    JsonObject container = at(pod, "/spec/containers/0").asJsonObject();

    assertEquals(at(grid, "/metadata/name"), at(set, "/spec/serviceName"));
    assertEquals(
        text(at(grid, "/metadata/name")) + ":" + at(grid, "/spec/ports/0/port"),
        environment(container).get("KVASIR_CLUSTER_KUBERNETES_SERVICE"));
    assertEquals(at(pod, "/metadata/labels"), at(set, "/spec/selector/matchLabels"));
    for (int service : new int[] {0, 1}) {
      assertEquals(at(pod, "/metadata/labels"), at(objects.get(service), "/spec/selector"));
    }
    assertEquals(
        names(container, "/volumeMounts"),
        union(names(pod, "/spec/volumes"), Set.of("data")),
        "mounted and given");
    assertEquals("data", text(at(set, "/spec/volumeClaimTemplates/0/metadata/name")));
    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      assertTrue(
          names(container, "/ports").contains(text(at(container, "/" + probe + "/httpGet/port"))));
    }
  }

  @Test
  void compose_twoNodes_joinEachOther() throws IOException {
    JsonObject compose = DeployFiles.objects("compose.yaml").get(0);
    for (List<String> pair : List.of(List.of("a", "b"), List.of("b", "a"))) {
      JsonObject node = at(compose, "/services/" + pair.get(0)).asJsonObject();
      JsonObject other = at(compose, "/services/" + pair.get(1)).asJsonObject();
      assertEquals(at(node, "/networks/grid/ipv4_address"), at(node, "/environment/KVASIR_BIND"));
      assertEquals(
          text(at(other, "/networks/grid/ipv4_address")) + ":5701",
          text(at(node, "/environment/KVASIR_CLUSTER_JOIN")));
      String volume = text(at(node, "/volumes/1"));
      assertTrue(compose.getJsonObject("volumes").containsKey(volume.split(":", -1)[0]));
      assertTrue(
          Files.exists(DeployFiles.file(text(at(node, "/build/context"))).resolve("pom.xml")));
    }
  }

  @Test
  void environment_everyVariable_isRead() throws IOException {
    Set<String> variables = new TreeSet<>();
    JsonObject compose = DeployFiles.objects("compose.yaml").get(0);
    for (String node : List.of("a", "b")) {
      variables.addAll(at(compose, "/services/" + node + "/environment").asJsonObject().keySet());
    }
    JsonObject set = DeployFiles.objects("kubernetes.yaml").get(2);
    variables.addAll(
        environment(at(set, "/spec/template/spec/containers/0").asJsonObject()).keySet());
    Pattern.compile("(?m)^(?:ENV|   ) ([A-Z_]+)=")
        .matcher(Files.readString(DeployFiles.file("Dockerfile")))
        .results()
        .forEach(variable -> variables.add(variable.group(1)));

    assertTrue(variables.size() >= 11, variables::toString);
    for (String variable : variables) {
      assertTrue(DeployFiles.isKnown(variable), variable);
    }
    assertFalse(DeployFiles.isKnown("KVASIR_NODES"));
  }

  private static JsonValue at(JsonObject object, String pointer) {
    return object.getValue(pointer);
  }

  private static String text(JsonValue value) {
    return ((JsonString) value).getString();
  }

  private static Set<String> names(JsonObject object, String pointer) {
    return at(object, pointer).asJsonArray().stream()
        .map(named -> named.asJsonObject().getString("name"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> union(Set<String> some, Set<String> more) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(more);
    return all;
  }

  /** Names of a container's variables, and the values that stand there. */
  private static Map<String, String> environment(JsonObject container) {
    return at(container, "/env").asJsonArray().stream()
        .map(JsonValue::asJsonObject)
        .collect(
            Collectors.toMap(
                variable -> variable.getString("name"),
                variable -> variable.getString("value", "")));
  }
}
