package dev.kvasir.web.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebTokensTest {
  private static final String ISSUER = "https://login.example";

  @TempDir Path folder;

  private final RsaJsonWebKey key = newKey();
  private final WebTokens tokens = new WebTokens();

  @Test
  void callerOf_goodToken_tenantAndRoles() throws Exception {
    trustPem();
    assertEquals(
        Optional.of(new TokenCaller("ada", "acme", Set.of("app", "admin"))),
        tokens.callerOf(sign(key, claims -> {})));
  }

  @Test
  void callerOf_otherClaims_asConfigured() throws Exception {
    trustPem();
    tokens.claims("org", "roles");
    TokenCaller caller =
        tokens
            .callerOf(
                sign(
                    key,
                    claims -> {
                      claims.setStringClaim("org", "zeta");
                      claims.setStringListClaim("roles", "operator");
                    }))
            .orElseThrow();
    assertEquals(new TokenCaller("ada", "zeta", Set.of("operator")), caller);
  }

  @Test
  void callerOf_keySetInAFileOrAtAUrl_taken() throws Exception {
    String set = new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
    trust(Files.writeString(folder.resolve("keys.json"), set).toString());
    assertTrue(tokens.callerOf(sign(key, claims -> {})).isPresent());

    HttpServer provider =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    provider.createContext(
        "/keys",
        exchange -> {
          byte[] body = set.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    provider.start();
    try {
      trust("http://127.0.0.1:%d/keys".formatted(provider.getAddress().getPort()));
      assertTrue(tokens.callerOf(sign(key, claims -> {})).isPresent());
      assertFalse(tokens.callerOf(sign(newKey(), claims -> {})).isPresent());
    } finally {
      provider.stop(0);
    }
  }

  @Test
  void callerOf_otherIssuerAudienceTimeOrKey_nobody() throws Exception {
    trustPem();
    List<String> bad =
        List.of(
            sign(key, claims -> claims.setIssuer("https://login.evil")),
            sign(key, claims -> claims.setAudience("another service")),
            sign(key, claims -> claims.setExpirationTimeMinutesInTheFuture(-1)),
            sign(key, claims -> claims.unsetClaim("exp")),
            sign(key, claims -> claims.unsetClaim("sub")),
            sign(key, claims -> claims.unsetClaim("aud")),
            sign(key, claims -> claims.setNotBeforeMinutesInThePast(-5)),
            sign(newKey(), claims -> {}),
            sign(key, claims -> {}) + "x",
            "a.b.c",
            "sk-kvasir-no-token");
    for (String token : bad) {
      assertEquals(Optional.empty(), tokens.callerOf(token), token);
    }
  }

  @Test
  void callerOf_unsignedOrSignedWithThePublicKey_nobody() throws Exception {
    trustPem();
    JsonWebSignature unsigned = new JsonWebSignature();
    unsigned.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    unsigned.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    unsigned.setPayload(claims().toJson());
    assertEquals(Optional.empty(), tokens.callerOf(unsigned.getCompactSerialization()));
    assertEquals(Optional.empty(), tokens.callerOf(unsigned.getCompactSerialization() + "AA"));

    JsonWebSignature shared = new JsonWebSignature();
    shared.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    shared.setKey(new HmacKey(key.getPublicKey().getEncoded()));
    shared.setPayload(claims().toJson());
    assertEquals(Optional.empty(), tokens.callerOf(shared.getCompactSerialization()));
  }

  @Test
  void callerOf_notConfigured_nobody() throws Exception {
    tokens.verifyBy(Optional.empty(), Optional.empty(), Optional.empty());
    assertEquals(Optional.empty(), tokens.callerOf(sign(key, claims -> {})));
  }

  @Test
  void verifyBy_notAllOfIt_refused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> tokens.verifyBy(Optional.of(ISSUER), Optional.empty(), Optional.empty()));
    assertThrows(IllegalArgumentException.class, () -> trust(folder.resolve("none").toString()));
  }

  private void trustPem() throws Exception {
    String pem =
        "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(key.getPublicKey().getEncoded()));
    trust(Files.writeString(folder.resolve("key.pem"), pem).toUri().toString());
  }

  private void trust(String location) {
    tokens.verifyBy(
        Optional.of(ISSUER), Optional.of(List.of("kvasir", "other")), Optional.of(location));
  }

  private static RsaJsonWebKey newKey() {
    try {
      RsaJsonWebKey made = RsaJwkGenerator.generateJwk(2048);
      made.setKeyId("of the tests");
      return made;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sign(RsaJsonWebKey key, Consumer<JwtClaims> change) throws JoseException {
    JwtClaims claims = claims();
    change.accept(claims);
    JsonWebSignature signed = new JsonWebSignature();
    signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    signed.setKeyIdHeaderValue(key.getKeyId());
    signed.setKey(key.getPrivateKey());
    signed.setPayload(claims.toJson());
    return signed.getCompactSerialization();
  }

  private static JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience("kvasir");
    claims.setSubject("ada");
    claims.setExpirationTimeMinutesInTheFuture(5);
    claims.setStringClaim("tenant", "acme");
    claims.setStringListClaim("groups", "app", "admin");
    return claims;
  }
}
