package dev.kvasir.engine.graph;

/**
 * One pass through the graph: {@code batch} rows of {@code rowTokens} tokens each, flattened row by
 * row. Arrays are shared, not copied: the caller leaves them alone until the step is done.
 *
 * @param tokens (batch * rowTokens) token ids
 * @param positions (batch * rowTokens) place of each token in its sequence, for RoPE and for the
 *     causal mask
 * @param writeBlocks (batch * rowTokens) block id that takes the token's K/V
 * @param writeOffsets (batch * rowTokens) slot within that block
 * @param blockTables (batch, blocks) block ids that a row attends to; slot s of the table holds
 *     position s. Rows of shorter sequences are padded with any block id
 * @param logitRows (outputs) indices into tokens whose next-token logits are wanted
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never compared
public record StepInput(
    int[] tokens,
    int[] positions,
    int[] writeBlocks,
    int[] writeOffsets,
    int[][] blockTables,
    int[] logitRows) {}
