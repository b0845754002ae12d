package dev.kvasir.ra;

import dev.kvasir.inference.InferenceConnection;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A decode slot in the hands of an application, until it is closed or the server takes it back. */
public final class SlotHandle implements InferenceConnection {
  private @Nullable DecodeSlot slot;
  private @Nullable SlotSequence sequence;

  SlotHandle(DecodeSlot slot) {
    this.slot = slot;
  }

  @Override
  public Model model() {
    return slot().model();
  }

  @Override
  public Sequence open(SequenceRequest request, BooleanSupplier wanted) {
    DecodeSlot open = slot();
    if (sequence != null && sequence.isOpen()) {
      throw new IllegalStateException("the slot's last sequence is still open: close it first");
    }
    sequence = new SlotSequence(open, open.open(request, wanted));
    return sequence;
  }

  /** The sequence goes first: the slot must not be given to another while it still holds blocks. */
  @Override
  public void close() {
    DecodeSlot closing = slot;
    if (closing != null) {
      invalidate();
      closing.closed(this);
    }
  }

  /** Ends this handle without telling the server, which asked for it. */
  void invalidate() {
    slot = null;
    if (sequence != null) {
      sequence.close();
    }
  }

  void moveTo(DecodeSlot other) {
    if (sequence != null && sequence.isOpen()) {
      throw new IllegalStateException("a sequence is open, and stays in the slot it was opened in");
    }
    slot().detach(this);
    slot = other;
  }

  private DecodeSlot slot() {
    if (slot == null) {
      throw new IllegalStateException("the connection is closed, or its slot has failed");
    }
    return slot;
  }
}
