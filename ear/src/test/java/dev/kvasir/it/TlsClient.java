package dev.kvasir.it;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key store with a certificate for loopback, and clients that trust it and nothing else. */
record TlsClient(Path keyStore, String password) {
  private static final int KEYTOOL_SECONDS = 60;

  /** Makes the key store as docs/operations.md tells it. */
  static TlsClient make(Path folder) throws Exception {
    TlsClient made = new TlsClient(folder.resolve("node.p12"), "of-the-tests");
    Path output = folder.resolve("keytool.txt");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair",
                "-alias",
                "node",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-validity",
                "365",
                "-storetype",
                "PKCS12",
                "-keystore",
                made.keyStore.toString(),
                "-storepass",
                made.password)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = keytool.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS);
    keytool.destroyForcibly();
    if (!ended || keytool.exitValue() != 0) {
      throw new AssertionError("keytool: " + LibertyProcess.text(output));
    }
    return made;
  }

  HttpClient http() throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(keyStore)) {
      own.load(file, password.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("node", own.getCertificate("node"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }
}
