package dev.kvasir.engine.blend;

import dev.kvasir.inference.AssemblyOutcome;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A prompt's blocks as they were put together; made for one use, not copied.
 *
 * @param payloads of the blocks that have assembled rows, by their place in the prompt; other rows
 *     are zeros
 * @param begin position of the first assembled row; the prompt's size if there is none
 * @param kept positions whose rows stay as they are, but for what the check chooses
 * @param check chooses some of these to be computed again; null: none
 * @param outcome what became of each run
 */
public record Mosaic(
    SortedMap<Integer, ByteBuffer> payloads,
    int begin,
    BitSet kept,
    @Nullable DeviationCheck check,
    AssemblyOutcome outcome) {}
