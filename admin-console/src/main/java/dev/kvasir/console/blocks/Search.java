package dev.kvasir.console.blocks;

import dev.kvasir.cache.browse.BlockRun;
import dev.kvasir.cache.browse.PromptBlocks;
import dev.kvasir.cache.browse.PromptText;
import dev.kvasir.cache.tenants.Tenant;
import dev.kvasir.console.Texts;
import dev.kvasir.inference.BlockHash;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is looked for, and what of it was found. A text does not outlive the request it came in. */
@SuppressWarnings("serial") // records of the cache, which never leave this server
public final class Search implements Serializable {
  private static final long serialVersionUID = 1L;

  private String tenant = Tenant.DEFAULT;
  private PromptText.Kind kind = PromptText.Kind.SYSTEM;
  private transient String text = "";
  private String hash = "";
  private @Nullable PromptBlocks found;

  /** The text to look for; it is forgotten here. */
  PromptText takeText() {
    PromptText taken = new PromptText(tenant, text == null ? "" : text, kind);
    text = "";
    found = null;
    return taken;
  }

  void found(PromptBlocks blocks) {
    found = blocks;
  }

  /** What was found, in words. */
  public String getSummary() {
    PromptBlocks blocks = found;
    if (blocks == null) {
      return "";
    }
    if (blocks.wholeBlocks() == 0) {
      return Texts.of("blocks.tooShort", blocks.tokens());
    }
    return Texts.of(
        blocks.gridBlocks() == 0 ? "blocks.foundNone" : "blocks.found",
        blocks.tokens(),
        blocks.wholeBlocks(),
        blocks.gridBlocks(),
        blocks.poolBlocks(),
        blocks.diskBlocks());
  }

  List<BlockRun> getPath() {
    return found == null ? List.of() : found.path();
  }

  /** The last of the text's blocks that the grid has; null if it has none. */
  public @Nullable BlockHash getLast() {
    return found == null ? null : found.last();
  }

  public PromptText.Kind[] getKinds() {
    return PromptText.Kind.values();
  }

  public String getTenant() {
    return tenant;
  }

  public void setTenant(String tenant) {
    this.tenant = tenant;
  }

  public PromptText.Kind getKind() {
    return kind;
  }

  public void setKind(PromptText.Kind kind) {
    this.kind = kind;
  }

  /** Always empty: what was typed is not shown again. */
  public String getText() {
    return "";
  }

  public void setText(String text) {
    this.text = text;
  }

  public String getHash() {
    return hash;
  }

  public void setHash(String hash) {
    this.hash = hash.strip().toLowerCase(Locale.ROOT);
  }
}
