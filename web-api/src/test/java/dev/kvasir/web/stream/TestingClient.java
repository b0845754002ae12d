package dev.kvasir.web.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that notes what each flush brought, and may leave after some. */
final class TestingClient extends OutputStream {
  private final ByteArrayOutputStream unflushed = new ByteArrayOutputStream();
  private final List<String> frames = new ArrayList<>();
  private int staysForEvents = Integer.MAX_VALUE;

  /** Lets the client leave once it has seen some events. */
  TestingClient leavingAfter(int events) {
    staysForEvents = events;
    return this;
  }

  /** The data of each event that arrived, without framing; none has a name. */
  List<String> events() {
    return frames.stream().map(TestingClient::data).toList();
  }

  /** The lines of each event that arrived. */
  List<String> frames() {
    return List.copyOf(frames);
  }

  private static String data(String frame) {
    if (!frame.startsWith("data: ")) {
      throw new AssertionError("not data alone: " + frame);
    }
    return frame.substring("data: ".length());
  }

  @Override
  public void write(int value) throws IOException {
    requireListening();
    unflushed.write(value);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    requireListening();
    unflushed.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    requireListening();
    String frame = unflushed.toString(StandardCharsets.UTF_8);
    unflushed.reset();
    if (frame.isEmpty()) {
      return;
    }
    if (frame.indexOf("\n\n") != frame.length() - 2) {
      throw new AssertionError("not one event: " + frame);
    }
    frames.add(frame.substring(0, frame.length() - 2));
  }

  private void requireListening() throws IOException {
    if (frames.size() >= staysForEvents) {
      throw new IOException("broken pipe");
    }
  }
}
