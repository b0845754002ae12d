package dev.kvasir.launch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a node is started with.
 *
 * @param node its name
 * @param data directory of all nodes on this machine
 * @param model folder or GGUF file
 * @param network where it listens and whom it joins
 * @param engine what is handed on to the engine
 */
record NodeOptions(String node, Path data, Path model, Network network, EngineLimits engine) {
  private static final Pattern NODE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");
  private static final Pattern HOST_PORT = Pattern.compile("[A-Za-z0-9_.-]+:[0-9]{1,5}");
  private static final int MAX_PORT = 65_535;

  /** A block, which is the least that can be shared, and a token of the answer. */
  private static final int MIN_CONTEXT_TOKENS = 65;

  /**
   * Where a node listens and whom it joins.
   *
   * @param bind address for HTTP and the cluster
   * @param httpPort plain
   * @param httpsPort with TLS
   * @param clusterPort of the grid
   * @param join {@code host:port,...} of other nodes; empty for the first
   * @param gridMembers {@code host:port,...} of the members that the node is a client of; empty if
   *     it is a member itself
   */
  record Network(
      String bind, int httpPort, int httpsPort, int clusterPort, String join, String gridMembers) {
    /** The address at which this machine reaches the node itself. */
    String localAddress() {
      return bind.equals("0.0.0.0") ? "127.0.0.1" : bind;
    }
  }

  /**
   * What is handed on to the engine.
   *
   * @param contextTokens most tokens of a sequence; 0 for the model's own limit
   * @param poolMib memory for K/V blocks; 0 for the engine's default
   * @param device {@code cpu} or {@code gpu}
   */
  record EngineLimits(int contextTokens, int poolMib, String device) {}

  /**
   * Reads {@code --name value} pairs.
   *
   * @throws LaunchException naming the first option that is wrong
   */
  static NodeOptions parse(String... arguments) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      values.put(arguments[i], arguments[i + 1]);
    }
    return new NodeOptions(
        matching(values, "--name", "kvasir", NODE_NAME, "letters, digits, - and _, at most 32"),
        Path.of(required(values, "--data")),
        Path.of(required(values, "--model")),
        parseNetwork(values),
        new EngineLimits(
            contextTokens(values),
            number(values, "--pool-mib", 0, Integer.MAX_VALUE),
            values.getOrDefault("--device", "cpu")));
  }

  private static Network parseNetwork(Map<String, String> values) {
    String join = addresses(values, "--join");
    String gridMembers = addresses(values, "--grid-client");
    if (!join.isEmpty() && !gridMembers.isEmpty()) {
      throw new LaunchException(
          "--join and --grid-client are both given, but a node is either a member of its grid or a"
              + " client of it; leave one out");
    }
    int http = number(values, "--port", 9080, MAX_PORT);
    int https = number(values, "--https-port", 9443, MAX_PORT);
    int cluster = number(values, "--cluster-port", 5701, MAX_PORT);
    requireOther("--https-port", https, "--port", http);
    if (gridMembers.isEmpty()) { // a client listens for no cluster
      requireOther("--cluster-port", cluster, "--port", http);
      requireOther("--cluster-port", cluster, "--https-port", https);
    }
    return new Network(
        values.getOrDefault("--bind", "127.0.0.1"), http, https, cluster, join, gridMembers);
  }

  private static void requireOther(String name, int port, String taken, int takenPort) {
    if (port == takenPort) {
      throw new LaunchException(
          "%s is '%d', but must be another one than %s".formatted(name, port, taken));
    }
  }

  private static String addresses(Map<String, String> values, String name) {
    String addresses = values.getOrDefault(name, "");
    for (String member : addresses.isEmpty() ? new String[0] : addresses.split(",", -1)) {
      if (!HOST_PORT.matcher(member).matches()) {
        throw new LaunchException(
            "%s is '%s', but must be host:port, more of them separated by commas"
                .formatted(name, addresses));
      }
    }
    return addresses;
  }

  private static int contextTokens(Map<String, String> values) {
    int tokens = number(values, "--context", 0, Integer.MAX_VALUE);
    if (tokens != 0 && tokens < MIN_CONTEXT_TOKENS) {
      throw new LaunchException(
          ("--context is '%d', but must be at least %d tokens: a block, which is the least that can"
                  + " be shared, and one for the answer")
              .formatted(tokens, MIN_CONTEXT_TOKENS));
    }
    return tokens;
  }

  private static int number(Map<String, String> values, String name, int byDefault, int max) {
    int min = max == MAX_PORT ? 1 : 0;
    String text = values.getOrDefault(name, Integer.toString(byDefault));
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below, with the range
    }
    throw new LaunchException(
        "%s is '%s', but must be a whole number from %d to %d".formatted(name, text, min, max));
  }

  private static String matching(
      Map<String, String> values, String name, String byDefault, Pattern form, String inWords) {
    String value = values.getOrDefault(name, byDefault);
    if (!form.matcher(value).matches()) {
      throw new LaunchException("%s is '%s', but must be %s".formatted(name, value, inWords));
    }
    return value;
  }

  private static String required(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null || value.isBlank()) {
      throw new LaunchException(name + " is missing");
    }
    return value;
  }
}
