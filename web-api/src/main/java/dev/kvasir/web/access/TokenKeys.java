package dev.kvasir.web.access;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** Public keys of whoever signs tokens. */
final class TokenKeys {
  private static final List<String> KINDS = List.of("RSA", "EC");

  private TokenKeys() {}

  /**
   * Keys from a URL, read when they are needed and again when one is unknown, or from a file, read
   * now.
   *
   * @throws IllegalArgumentException if the file has none
   */
  static VerificationKeyResolver at(String location) {
    if (location.startsWith("http://") || location.startsWith("https://")) {
      return new HttpsJwksVerificationKeyResolver(new HttpsJwks(location));
    }
    Path file = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
    try {
      String text = Files.readString(file).strip();
      if (text.startsWith("{")) {
        return new JwksVerificationKeyResolver(new JsonWebKeySet(text).getJsonWebKeys());
      }
      Key key = ofPem(text);
      return (signature, around) -> key;
    } catch (IOException | JoseException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "mp.jwt.verify.publickey.location is %s, which has no key set (JSON) and no public key (PEM, RSA or EC)"
              .formatted(location),
          e);
    }
  }

  private static Key ofPem(String text) {
    String base64 = text.replaceAll("-----(BEGIN|END) PUBLIC KEY-----|\\s", "");
    X509EncodedKeySpec encoded = new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
    for (String kind : KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePublic(encoded);
      } catch (InvalidKeySpecException e) {
        // the next kind
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has " + kind + ", but this one", e);
      }
    }
    throw new IllegalArgumentException("neither an RSA nor an EC key");
  }
}
