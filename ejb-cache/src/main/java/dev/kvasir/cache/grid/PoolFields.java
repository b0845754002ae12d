package dev.kvasir.cache.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.kvasir.cache.route.NodeLoad;
import dev.kvasir.cache.route.PoolView;
import java.io.IOException;
import java.util.Objects;

/** The fields of what members say of their pools. */
final class PoolFields {
  private PoolFields() {}

  static AskPool.Answer read(ObjectDataInput in) throws IOException {
    if (!in.readBoolean()) {
      return new AskPool.Answer(null);
    }
    return new AskPool.Answer(
        new PoolView(
            Objects.requireNonNull(in.readString()),
            Objects.requireNonNull(in.readString()),
            in.readInt(),
            new NodeLoad(in.readInt(), in.readInt(), in.readInt(), in.readBoolean())));
  }

  static void write(ObjectDataOutput out, AskPool.Answer answer) throws IOException {
    PoolView view = answer.view();
    out.writeBoolean(view != null);
    if (view != null) {
      out.writeString(view.node());
      out.writeString(view.url());
      out.writeInt(view.blocks());
      out.writeInt(view.load().running());
      out.writeInt(view.load().waiting());
      out.writeInt(view.load().slots());
      out.writeBoolean(view.load().draining());
    }
  }
}
