package dev.kvasir.it;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;

/** OpenAI's own client for Java, made for a node. */
final class OpenAiClients {
  private OpenAiClients() {}

  /** One of the node's first tenant. */
  static OpenAIClient of(KvasirNode node) {
    return of(node, node.tenantKey());
  }

  /** One with an API key; whatever fails is not tried again. */
  static OpenAIClient of(KvasirNode node, String key) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(node.uri("/v1").toString())
        .apiKey(key)
        .maxRetries(0)
        .build();
  }
}
