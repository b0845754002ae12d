package dev.kvasir.it;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The files for containers, as they lie in the project, and the keys that the code knows. */
final class DeployFiles {
  private static final Path ROOT = Path.of(System.getProperty("kvasir.root", ".."));

  /** A volume without settings is a name without a value. */
  private static final Gson GSON = new GsonBuilder().serializeNulls().create();

  /**
   * Keys as they stand in the application's classes, in the server's configuration and its uses.
   */
  private static final List<Pattern> KEYS =
      List.of(
          Pattern.compile("(?:Map\\.entry\\(|@ConfigProperty\\(name = )\"(kvasir[a-z.]+)\""),
          Pattern.compile("<variable name=\"([a-z.]+)\""),
          Pattern.compile("\\$\\{([a-z]+[.][a-z.]+)}"));

  /** What Liberty and TensorFlow read, not we. */
  private static final Set<String> OTHERS = Set.of("keystore_password", "TF_CPP_MIN_LOG_LEVEL");

  private DeployFiles() {}

  static Path file(String name) {
    return ROOT.resolve("liberty-config/deploy").resolve(name);
  }

  /** All documents of a YAML file, as Gson has them. */
  static List<JsonElement> documents(String name) throws IOException {
    List<JsonElement> documents = new ArrayList<>();
    for (Object document : new Yaml().loadAll(Files.readString(file(name)))) {
      documents.add(GSON.toJsonTree(document));
    }
    return documents;
  }

  /** The same, to be asked by pointers. */
  static List<JsonObject> objects(String name) throws IOException {
    return documents(name).stream().map(DeployFiles::object).toList();
  }

  private static JsonObject object(JsonElement document) {
    try (JsonReader reader = Json.createReader(new StringReader(document.toString()))) {
      return reader.readObject();
    }
  }

  /** Whether a variable of the environment is one that anything reads. */
  static boolean isKnown(String variable) throws IOException {
    return OTHERS.contains(variable)
        || keys().stream()
            .anyMatch(key -> key.replace('.', '_').toUpperCase(Locale.ROOT).equals(variable));
  }

  private static Set<String> keys() throws IOException {
    Set<String> keys = new TreeSet<>();
    for (String folder :
        List.of(
            "ejb-cache/src/main/java/dev/kvasir/cache/ejb",
            "web-api/src/main/java",
            "liberty-config/src/main/liberty/config")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String text = Files.readString(file);
          KEYS.forEach(
              pattern -> pattern.matcher(text).results().forEach(key -> keys.add(key.group(1))));
        }
      }
    }
    return keys;
  }
}
