package dev.kvasir.bench.engine;

import dev.kvasir.engine.weights.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;

/** The other systems. */
enum PeerKind {
  LLAMA_CPP("llama.cpp-bf16", "llama.cpp", "llama_cpp_peer.py"),
  VLLM("vllm-cpu", "vllm", "vllm_peer.py");

  private final String label;
  private final String folder;
  private final String script;

  PeerKind(String label, String folder, String script) {
    this.label = label;
    this.folder = folder;
    this.script = script;
  }

  /** Name in tables and JSON. */
  String label() {
    return label;
  }

  /** Its environment's name under {@code bench/peers/installed}. */
  String folder() {
    return folder;
  }

  /** Its script in {@code bench/peers}. */
  String script() {
    return script;
  }

  /** Writes a model in the form that it reads, and gives the path. */
  Path write(Checkpoint checkpoint, Path folderOfModel) throws IOException {
    return switch (this) {
      case LLAMA_CPP -> GgufWriter.write(checkpoint, folderOfModel);
      case VLLM -> HuggingFaceWriter.write(checkpoint, folderOfModel);
    };
  }
}
