package dev.kvasir.ra;

import dev.kvasir.inference.Assembly;
import dev.kvasir.inference.AssemblyOutcome;
import dev.kvasir.inference.BackwardBlocks;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.LoadOutcome;
import dev.kvasir.inference.Sequence;
import java.util.List;

/** A sequence whose failure costs its slot. */
final class SlotSequence implements Sequence {
  private final DecodeSlot slot;
  private final Sequence sequence;
  private boolean open = true;

  SlotSequence(DecodeSlot slot, Sequence sequence) {
    this.slot = slot;
    this.sequence = sequence;
  }

  boolean isOpen() {
    return open;
  }

  @Override
  public int poolTokens() {
    return sequence.poolTokens();
  }

  @Override
  public LoadOutcome load(List<KvBlock> blocks) {
    return slot.guarded(() -> sequence.load(blocks));
  }

  @Override
  public AssemblyOutcome assemble(Assembly assembly) {
    return slot.guarded(() -> sequence.assemble(assembly));
  }

  @Override
  public GeneratedToken prefill() {
    return slot.guarded(sequence::prefill);
  }

  @Override
  public GeneratedToken prefill(BackwardBlocks backward) {
    return slot.guarded(() -> sequence.prefill(backward));
  }

  @Override
  public int metBlocks() {
    return sequence.metBlocks();
  }

  @Override
  public double prefillMillis() {
    return sequence.prefillMillis();
  }

  @Override
  public GeneratedToken next(int choice) {
    return slot.guarded(() -> sequence.next(choice));
  }

  @Override
  public void cancel() {
    sequence.cancel();
  }

  @Override
  public void close() {
    open = false;
    sequence.close();
  }
}
