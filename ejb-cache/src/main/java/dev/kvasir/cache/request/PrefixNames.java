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
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names of prompts' blocks. Each tenant has a salt that only nodes with the cluster's secret can
 * make, so nobody can guess another tenant's names. Tenants who share in a group have one salt for
 * what all of them may find, made of the secret, too.
 */
public final class PrefixNames {
  private static final String HMAC = "HmacSHA256";

  // no one is the beginning of another, so no text of one kind reads as one of another
  private static final String SESSION = "session:";
  private static final String CLIENT_SALT = "salt:";
  private static final String GROUP = "group:";

  /** Whose salt is the key of the groups' salts; no tenant's id is like it. */
  private static final String GROUPS = "kvasir sharing groups 1";

  private final byte[] clusterSecret;
  private final SharingScope widest;
  private final Function<String, Optional<String>> groups;

  /** Of a node where no tenants are in a group. */
  public PrefixNames(String clusterSecret) {
    this(clusterSecret, SharingScope.GLOBAL, tenant -> Optional.empty());
  }

  /**
   * @param clusterSecret the same on all nodes, not empty
   * @param widest scope on this node
   * @param groups gives a text that those have in common, and nobody else, who share with a tenant;
   *     empty if it shares with none
   */
  public PrefixNames(
      String clusterSecret, SharingScope widest, Function<String, Optional<String>> groups) {
    this.widest = widest;
    this.groups = groups;
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

  /**
   * Where a request shares what it computes; empty if it shares nothing. With other tenants of its
   * group it shares exact prefixes alone: passages, which carry a trace of what stood before them,
   * stay the tenant's.
   */
  Optional<Namespace> namespace(KvLayout layout, CompletionRequest request) {
    Sharing sharing = request.sharing();
    SharingScope scope = widest.and(sharing.scope());
    String session = sharing.session();
    if (request.cache() == CachePolicy.OFF
        || scope == SharingScope.OFF
        || (scope == SharingScope.SESSION && session == null)) {
      return Optional.empty();
    }
    String clientSalt = sharing.salt();
    boolean isOwn = clientSalt != null || !request.passages().marked().isEmpty();
    byte[] salt = salt(request.tenant(), isOwn ? scope.and(SharingScope.TENANT) : scope);
    if (scope == SharingScope.SESSION && session != null) {
      salt = narrowed(salt, SESSION, session);
    }
    if (clientSalt != null) {
      salt = narrowed(salt, CLIENT_SALT, clientSalt);
    }
    return Optional.of(new Namespace(layout.fingerprint(), salt));
  }

  /**
   * The part of a prompt that a tenant's requests share, those of its group among them.
   *
   * @param layout of the engine that runs it
   * @param tenant who asks
   * @param prompt all of it
   */
  public Prefix of(KvLayout layout, String tenant, TokenIds prompt) {
    Namespace namespace = new Namespace(layout.fingerprint(), salt(tenant, widest));
    return of(namespace, tenant, prompt, layout.blockSize());
  }

  static Prefix of(Namespace namespace, String tenant, TokenIds prompt, int blockSize) {
    return new Prefix(tenant, prompt, HashChain.of(namespace, prompt, blockSize), blockSize);
  }

  private byte[] salt(String tenant, SharingScope scope) {
    return scope.compareTo(SharingScope.TENANT) < 0
        ? groups.apply(tenant).map(this::groupSalt).orElseGet(() -> tenantSalt(tenant))
        : tenantSalt(tenant);
  }

  private byte[] groupSalt(String text) {
    return narrowed(tenantSalt(GROUPS), GROUP, text);
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
