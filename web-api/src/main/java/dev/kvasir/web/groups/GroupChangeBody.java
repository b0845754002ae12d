package dev.kvasir.web.groups;

import dev.kvasir.cache.tenants.GroupChange;
import dev.kvasir.web.tenants.RemovedBody;
import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * The group as it is now, and how many blocks left: those of all tenants that share with others
 * than before.
 */
@JsonbPropertyOrder({"group", "blocks"})
public record GroupChangeBody(GroupBody group, RemovedBody.Blocks blocks) {
  static GroupChangeBody of(GroupChange change) {
    return new GroupChangeBody(GroupBody.of(change.now()), RemovedBody.Blocks.of(change.blocks()));
  }
}
