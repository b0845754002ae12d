package dev.kvasir.launch;

import dev.kvasir.launch.NodeOptions.Network;

/** What a node says of itself when it is ready. */
record Announcement(NodeOptions options, Credentials credentials) {
  /** Longer than a block, so that a second run has something to find; without a single quote. */
  private static final String QUESTION =
      "{\"model\":\"default\",\"temperature\":0,\"max_tokens\":40,\"messages\":[{\"role\":\"system\","
          + "\"content\":\"Read the notes and answer the questions. Paul lives in Oslo. Paul works as"
          + " a baker. Paul has a cat. Paul likes soup. The code of Paul is 4821. Ida lives in Rome."
          + " Ida works as a nurse. Ida has a dog. Ida likes bread. The code of Ida is 7350. Tom lives"
          + " in Paris. Tom works as a teacher. Tom has a bird. Tom likes rice. The code of Tom is"
          + " 1936.\"},{\"role\":\"user\",\"content\":\"What is the code of Paul?\"}]}";

  String text() {
    return """
        Kvasir node %s is ready.
          console  %s/console/  (with a certificate of its own, unless you gave it another)
          API      %s/v1
          try      curl -s %s/v1/chat/completions -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' -d '%s'
                   Run it twice: kvasir.pool of the second answer counts the tokens that were found.
        """
        .formatted(options.node(), console(), base(), base(), credentials.tenantKey(), QUESTION);
  }

  /** Said once, at the first start of a node. */
  String secrets(NodeDirectory node) {
    return """
          admin    %s / %s  (said once; kept in %s)
        """
        .formatted(credentials.adminUser(), credentials.adminPassword(), node.credentials());
  }

  private String console() {
    Network network = options.network();
    return "https://%s:%d".formatted(network.localAddress(), network.httpsPort());
  }

  private String base() {
    Network network = options.network();
    return "http://%s:%d".formatted(network.localAddress(), network.httpPort());
  }
}
