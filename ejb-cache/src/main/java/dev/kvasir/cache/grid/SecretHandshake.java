package dev.kvasir.cache.grid;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How two nodes prove to each other that they hold the same cluster secret, first of all on every
 * connection between them, without sending it.
 */
final class SecretHandshake {
  /*
   *  connecting side                              accepting side
   *    magic, nonce C, name, address      ->
   *                                       <-        magic, nonce A,
   *                                                 HMAC(secret, "accept"  C A name address)
   *    HMAC(secret, "connect" C A name address) ->
   *                                       <-        WELCOME or REFUSED
   *
   * Fresh nonces of both sides make a recorded answer useless; the two labels make one side's
   * answer useless as the other's. The connecting side answers even when it was not convinced, so
   * that the accepting side can say why the connection failed. What follows on the connection is
   * neither encrypted nor signed: this keeps strangers out, it does not guard the wire.
   *
   * Who connects waits three seconds for an answer. A node that starts lets connections come before
   * it can answer them: it then finds some whose other side has gone, to try again.
   */

  static final int MAGIC = 0x4b565331; // "KVS1"
  static final int NONCE_BYTES = 32;
  private static final int PROOF_BYTES = 32;
  private static final int WELCOME = 1;
  private static final int REFUSED = 0;
  private static final int TIMEOUT_MILLIS = 3_000;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final Peer self;
  private final SecureRandom random = new SecureRandom();

  /**
   * The node that has connected, or is about to.
   *
   * @param node its name
   * @param address {@code host:port} where it listens; empty for a client, which does not
   */
  record Peer(String node, String address) {
    @Override
    public String toString() {
      return address.isEmpty() ? "client " + node : "node %s at %s".formatted(node, address);
    }
  }

  SecretHandshake(String secret, Peer self) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    this.self = self;
  }

  /**
   * Speaks as the side that connected.
   *
   * @param socket in blocking mode; its time-out is changed
   * @throws RefusedException if one side is not convinced
   * @throws IOException if the other side is gone, silent, or speaks something else
   */
  void greet(Socket socket) throws IOException {
    socket.setSoTimeout(TIMEOUT_MILLIS);
    DataInputStream in = new DataInputStream(socket.getInputStream());
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    byte[] nonce = nonce();
    out.writeInt(MAGIC);
    out.write(nonce);
    out.writeUTF(self.node());
    out.writeUTF(self.address());
    out.flush();
    readMagic(in);
    byte[] otherNonce = in.readNBytes(NONCE_BYTES);
    byte[] otherProof = in.readNBytes(PROOF_BYTES);
    out.write(proof("connect", nonce, otherNonce, self));
    out.flush();
    boolean convinced = MessageDigest.isEqual(otherProof, proof("accept", nonce, otherNonce, self));
    if (in.readUnsignedByte() != WELCOME || !convinced) {
      throw new RefusedException("its cluster secret is another one");
    }
  }

  /**
   * Speaks as the side that accepted.
   *
   * @param socket in blocking mode; its time-out is changed
   * @return who connected
   * @throws RefusedException if the other side has not proved that it knows the secret
   * @throws GoneException if it introduced itself, and was gone before it had an answer
   * @throws IOException if it is silent, or speaks something else
   */
  Peer admit(Socket socket) throws IOException {
    socket.setSoTimeout(TIMEOUT_MILLIS);
    DataInputStream in = new DataInputStream(socket.getInputStream());
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    readMagic(in);
    byte[] otherNonce = in.readNBytes(NONCE_BYTES);
    Peer peer = new Peer(in.readUTF(), in.readUTF());
    try {
      challenge(peer, otherNonce, in, out);
    } catch (EOFException | SocketException e) {
      throw new GoneException(peer, e);
    }
    return peer;
  }

  private void challenge(Peer peer, byte[] otherNonce, DataInputStream in, DataOutputStream out)
      throws IOException {
    byte[] nonce = nonce();
    out.writeInt(MAGIC);
    out.write(nonce);
    out.write(proof("accept", otherNonce, nonce, peer));
    out.flush();
    byte[] otherProof = new byte[PROOF_BYTES];
    in.readFully(otherProof);
    boolean convinced =
        MessageDigest.isEqual(otherProof, proof("connect", otherNonce, nonce, peer));
    out.writeByte(convinced ? WELCOME : REFUSED);
    out.flush();
    if (!convinced) {
      throw new RefusedException(peer + " holds another cluster secret");
    }
  }

  private static void readMagic(DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("it is no Kvasir node");
    }
  }

  private byte[] nonce() {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return nonce;
  }

  private byte[] proof(String label, byte[] connecting, byte[] accepting, Peer peer) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      update(mac, label.getBytes(StandardCharsets.UTF_8));
      update(mac, connecting);
      update(mac, accepting);
      update(mac, peer.node().getBytes(StandardCharsets.UTF_8));
      update(mac, peer.address().getBytes(StandardCharsets.UTF_8));
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM + ", but this one", e);
    }
  }

  /** Length first, so that no field runs into the next. */
  private static void update(Mac mac, byte[] field) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      mac.update((byte) (field.length >>> shift));
    }
    mac.update(field);
  }

  /** The other side did not wait for an answer. */
  static final class GoneException extends IOException {
    private static final long serialVersionUID = 1L;

    GoneException(Peer peer, IOException cause) {
      super(peer + " was gone before it had an answer", cause);
    }
  }

  /** One side does not hold the other's secret. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }
}
