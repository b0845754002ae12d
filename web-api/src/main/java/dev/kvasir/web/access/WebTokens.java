package dev.kvasir.web.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens that an identity provider has signed: JSON Web Tokens, by the configuration of
 * MicroProfile JWT. Off unless issuer, audience and key are configured: a token that is not bound
 * to all three is anybody's.
 */
@ApplicationScoped
public class WebTokens {
  private static final System.Logger LOG = System.getLogger(WebTokens.class.getName());
  private static final Pattern FORM = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
  private static final int CLOCK_SKEW_SECONDS = 30;

  /** Signatures with a private key only: with a shared one the public key would sign. */
  private static final AlgorithmConstraints SIGNATURES =
      new AlgorithmConstraints(
          ConstraintType.PERMIT,
          AlgorithmIdentifiers.RSA_USING_SHA256,
          AlgorithmIdentifiers.RSA_USING_SHA384,
          AlgorithmIdentifiers.RSA_USING_SHA512,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384);

  private @Nullable JwtConsumer consumer;
  private String tenantClaim = "tenant";
  private String rolesClaim = "groups";

  /**
   * Sets whose tokens are good.
   *
   * @param issuer exactly this
   * @param audiences one of these at least, separated by commas
   * @param keyLocation URL of a key set, or a file with one or with a public key in PEM
   */
  @Inject
  void verifyBy(
      @ConfigProperty(name = "mp.jwt.verify.issuer") Optional<String> issuer,
      @ConfigProperty(name = "mp.jwt.verify.audiences") Optional<List<String>> audiences,
      @ConfigProperty(name = "mp.jwt.verify.publickey.location") Optional<String> keyLocation) {
    if (issuer.isEmpty() && audiences.isEmpty() && keyLocation.isEmpty()) {
      return;
    }
    if (issuer.isEmpty() || audiences.isEmpty() || keyLocation.isEmpty()) {
      throw new IllegalArgumentException(
          "JSON Web Tokens need all of mp.jwt.verify.issuer, mp.jwt.verify.audiences and mp.jwt.verify.publickey.location");
    }
    consumer =
        new JwtConsumerBuilder()
            .setRequireExpirationTime()
            .setRequireSubject()
            .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
            .setExpectedIssuer(issuer.get())
            .setExpectedAudience(audiences.get().toArray(String[]::new))
            .setJwsAlgorithmConstraints(SIGNATURES)
            .setVerificationKeyResolver(TokenKeys.at(keyLocation.get()))
            .build();
  }

  /** Sets which claims say tenant and roles. */
  @Inject
  void claims(
      @ConfigProperty(name = "kvasir.jwt.tenant.claim", defaultValue = "tenant") String tenant,
      @ConfigProperty(name = "kvasir.jwt.roles.claim", defaultValue = "groups") String roles) {
    tenantClaim = tenant;
    rolesClaim = roles;
  }

  /** Who sends a token; empty if it is none, or nobody's. */
  public Optional<TokenCaller> callerOf(String token) {
    JwtConsumer verifier = consumer;
    if (verifier == null || !FORM.matcher(token).matches()) {
      return Optional.empty();
    }
    try {
      JwtClaims claims = verifier.processToClaims(token);
      return Optional.of(
          new TokenCaller(
              claims.getSubject(),
              claims.getStringClaimValue(tenantClaim),
              claims.hasClaim(rolesClaim)
                  ? Set.copyOf(claims.getStringListClaimValue(rolesClaim))
                  : Set.of()));
    } catch (InvalidJwtException | MalformedClaimException e) {
      LOG.log(Level.DEBUG, "a token was refused: {0}", e.getClass().getSimpleName());
      return Optional.empty();
    }
  }
}
