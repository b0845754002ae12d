package dev.kvasir.engine.weights.tensor;

/** Where a file keeps the rows of a tensor. */
@FunctionalInterface
public interface RowOrder {
  /** Rows in the Hugging Face order. */
  RowOrder PLAIN = row -> row;

  /** The file's row that is row {@code row} in the Hugging Face order. */
  long sourceRow(long row);

  /**
   * Rows of q and k as llama.cpp keeps them. RoPE turns pairs: Hugging Face puts number i of a head
   * beside number i + headSize/2 (halves), llama.cpp puts the two next to each other, so its
   * converter moves row j * headSize/2 + i to row 2 * i + j (j is 0 or 1; llama.cpp,
   * convert_hf_to_gguf.py, LlamaModel.permute).
   */
  static RowOrder interleaved(int headSize) {
    int half = headSize / 2;
    return row -> {
      long withinHead = row % headSize;
      return row - withinHead + 2 * (withinHead % half) + withinHead / half;
    };
  }
}
