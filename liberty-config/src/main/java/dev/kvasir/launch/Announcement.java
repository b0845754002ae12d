package dev.kvasir.launch;

import dev.kvasir.launch.NodeOptions.Network;

/** What a node says of itself when it is ready. */
record Announcement(NodeOptions options, Credentials credentials) {
  private static final String QUESTION =
      "{\"model\":\"default\",\"messages\":[{\"role\":\"system\",\"content\":\"Read the notes and answer the questions."
          + " Paul lives in Oslo. Ida works as a baker. The code of Paul is 4821.\"},"
          + "{\"role\":\"user\",\"content\":\"What is the code of Paul?\"}]}";

  String text() {
    return """
        Kvasir node %s is ready.
          console  %s/console/
          API      %s/v1
          try      curl -s %s/v1/chat/completions -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' -d '%s'
        """
        .formatted(options.node(), base(), base(), base(), credentials.tenantKey(), QUESTION);
  }

  /** Said once, at the first start of a node. */
  String secrets(NodeDirectory node) {
    return """
          admin    %s / %s  (said once; kept in %s)
        """
        .formatted(credentials.adminUser(), credentials.adminPassword(), node.credentials());
  }

  private String base() {
    Network network = options.network();
    return "http://%s:%d".formatted(network.localAddress(), network.httpPort());
  }
}
