package dev.kvasir.cache.request;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.chain.HashChain;
import dev.kvasir.cache.chain.Namespace;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.Sharing;
import dev.kvasir.completion.SharingScope;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.TokenIds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names of prompts' blocks. Each tenant has a salt that only nodes with the cluster's secret can
 * make, so nobody can guess another tenant's names.
 */
public final class PrefixNames {
  private static final String HMAC = "HmacSHA256";

  // no one is the beginning of another, so no text of one kind reads as one of another
  private static final String SESSION = "session:";
  private static final String CLIENT_SALT = "salt:";

  private final byte[] clusterSecret;
  private final SharingScope widest;

  /** Of a node where tenants share as far as they may. */
  public PrefixNames(String clusterSecret) {
    this(clusterSecret, SharingScope.GLOBAL);
  }

  /**
   * @param clusterSecret the same on all nodes, not empty
   * @param widest scope on this node
   */
  public PrefixNames(String clusterSecret, SharingScope widest) {
    this.widest = widest;
    if (clusterSecret.isEmpty()) {
      throw new IllegalArgumentException("the cluster's secret is empty");
    }
    this.clusterSecret = clusterSecret.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The part of a request's prompt that it shares; empty if it shares nothing.
   *
   * @param layout of the engine that runs it
   * @param prompt all of it
   */
  Optional<Prefix> of(KvLayout layout, CompletionRequest request, TokenIds prompt) {
    return namespace(layout, request)
        .map(namespace -> of(namespace, request.tenant(), prompt, layout.blockSize()));
  }

  /** Where a request shares what it computes; empty if it shares nothing. */
  Optional<Namespace> namespace(KvLayout layout, CompletionRequest request) {
    Sharing sharing = request.sharing();
    SharingScope scope = widest.and(sharing.scope());
    String session = sharing.session();
    if (request.cache() == CachePolicy.OFF
        || scope == SharingScope.OFF
        || (scope == SharingScope.SESSION && session == null)) {
      return Optional.empty();
    }
    byte[] salt = tenantSalt(request.tenant());
    if (scope == SharingScope.SESSION && session != null) {
      salt = narrowed(salt, SESSION, session);
    }
    String clientSalt = sharing.salt();
    if (clientSalt != null) {
      salt = narrowed(salt, CLIENT_SALT, clientSalt);
    }
    return Optional.of(new Namespace(layout.fingerprint(), salt));
  }

  /**
   * The part of a prompt that a tenant's requests share.
   *
   * @param layout of the engine that runs it
   * @param tenant who asks
   * @param prompt all of it
   */
  public Prefix of(KvLayout layout, String tenant, TokenIds prompt) {
    Namespace namespace = new Namespace(layout.fingerprint(), tenantSalt(tenant));
    return of(namespace, tenant, prompt, layout.blockSize());
  }

  static Prefix of(Namespace namespace, String tenant, TokenIds prompt, int blockSize) {
    return new Prefix(tenant, prompt, HashChain.of(namespace, prompt, blockSize), blockSize);
  }

  private byte[] tenantSalt(String tenant) {
    return hmac(clusterSecret, tenant);
  }

  /** A salt that only requests with the same text have, keyed by the one before it. */
  private static byte[] narrowed(byte[] salt, String kind, String text) {
    return hmac(salt, kind + text);
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC + ", but this one", e);
    }
  }
}
