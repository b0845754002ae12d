package dev.kvasir.web.stream;

import dev.kvasir.completion.Completion;
import dev.kvasir.inference.GeneratedToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events that nobody asks for: what fails is told as it is. */
public record NoFormat() implements ChunkFormat {
  @Override
  public List<Object> begin() {
    return List.of();
  }

  @Override
  public @Nullable Object token(GeneratedToken token) {
    return null;
  }

  @Override
  public List<Object> end(Completion completion) {
    return List.of();
  }
}
