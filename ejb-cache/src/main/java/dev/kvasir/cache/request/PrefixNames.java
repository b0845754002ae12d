package dev.kvasir.cache.request;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.chain.HashChain;
import dev.kvasir.cache.chain.Namespace;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.TokenIds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names of prompts' blocks. Each tenant has a salt that only nodes with the cluster's secret can
 * make, so nobody can guess another tenant's names.
 */
public final class PrefixNames {
  private static final String HMAC = "HmacSHA256";

  private final byte[] clusterSecret;

  /**
   * @param clusterSecret the same on all nodes, not empty
   */
  public PrefixNames(String clusterSecret) {
    if (clusterSecret.isEmpty()) {
      throw new IllegalArgumentException("the cluster's secret is empty");
    }
    this.clusterSecret = clusterSecret.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The shareable part of a prompt.
   *
   * @param layout of the engine that runs it
   * @param tenant who asks
   * @param prompt all of it
   */
  public Prefix of(KvLayout layout, String tenant, TokenIds prompt) {
    Namespace namespace = new Namespace(layout.fingerprint(), salt(tenant));
    return new Prefix(
        tenant, prompt, HashChain.of(namespace, prompt, layout.blockSize()), layout.blockSize());
  }

  private byte[] salt(String tenant) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(clusterSecret, HMAC));
      return mac.doFinal(tenant.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC + ", but this one", e);
    }
  }
}
