package dev.kvasir.launch;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** The readiness of a node, asked over HTTP. */
record Health(URI ready) {
  private static final int TIMEOUT_MILLIS = 2_000;

  /** Whether the node says now that it serves. */
  boolean isReady() {
    try {
      HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false; // not yet: that is what is asked
    }
  }
}
