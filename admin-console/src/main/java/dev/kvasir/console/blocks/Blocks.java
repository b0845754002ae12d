package dev.kvasir.console.blocks;

import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.cache.browse.BlockBrowser;
import dev.kvasir.cache.browse.BlockRun;
import dev.kvasir.cache.browse.Leaving;
import dev.kvasir.cache.browse.PromptText;
import dev.kvasir.cache.tenants.Tenant;
import dev.kvasir.cache.tenants.TenantDirectory;
import dev.kvasir.completion.CompletionRefusedException;
import dev.kvasir.console.Acts;
import dev.kvasir.console.Figures;
import dev.kvasir.console.Notices;
import dev.kvasir.console.Texts;
import dev.kvasir.inference.BlockHash;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The page of the cached blocks: a tree of prefixes, and what can be done to its branches. */
@Named
@ViewScoped
@SuppressWarnings("serial") // the container injects proxies, which are serializable
public class Blocks implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOGGER = System.getLogger(Blocks.class.getName());

  @EJB BlockBrowser browser;
  @EJB CacheAdmin cache;
  @EJB TenantDirectory directory;
  @Inject Notices notices;
  @Inject Acts acts;
  @Inject Figures figures;

  private final Search search = new Search();
  private String tenant = "";
  private List<String> tenants = List.of(Tenant.DEFAULT);
  private @Nullable TreeLines tree; // null until the cache has answered
  private @Nullable BlockRun chosen;

  @PostConstruct
  void load() {
    attempt(
        () -> {
          tenants = directory.tenants().stream().map(Tenant::id).toList();
          showAll();
        });
  }

  /** Shows what the prefixes of the chosen tenant, or of all, begin with. */
  public void showAll() {
    chosen = null;
    attempt(() -> tree = TreeLines.roots(browser, tenant));
  }

  /** Opens or closes a line. */
  public void toggle(int line) {
    withTree(lines -> lines.toggle(line));
  }

  /** Shows more of the runs that stand beside each other. */
  public void more(int line) {
    withTree(lines -> lines.more(line));
  }

  /** Shows all about a line's run. */
  public void choose(int line) {
    withTree(lines -> chosen = lines.run(line));
  }

  /** Finds the blocks of the text, which is forgotten at once. */
  public void findText() {
    PromptText text = search.takeText();
    attempt(
        () -> {
          acts.run(
              "find blocks", "tenant " + text.tenant(), () -> search.found(browser.find(text)));
          if (search.getLast() == null) {
            notices.nothing(search.getSummary());
          } else {
            notices.done(search.getSummary());
          }
          show(search.getPath());
        });
  }

  /** Finds the first block whose hash begins as said. */
  public void findHash() {
    attempt(
        () -> {
          List<BlockHash> found =
              cache.blocks(search.getHash(), null, 1).stream().map(block -> block.hash()).toList();
          if (found.isEmpty()) {
            notices.nothing(Texts.of("blocks.noHash"));
          } else {
            show(browser.path(found.get(0)));
          }
        });
  }

  private void show(List<BlockRun> path) {
    if (!path.isEmpty()) {
      tree = TreeLines.path(browser, path);
      chosen = path.get(path.size() - 1);
    }
  }

  /** Keeps the blocks of the text that was found from eviction. */
  public void pinFound() {
    BlockHash last = search.getLast();
    if (last != null) {
      pin(last);
    }
  }

  /** Keeps the chosen run, and what is before it, from eviction. */
  public void pin() {
    withChosen(run -> pin(run.last().hash()));
  }

  private void pin(BlockHash last) {
    attempt(
        () -> {
          branchActs().pin(last);
          showAgain(last);
        });
  }

  /** Lets the chosen run, and what continues it, be evicted again. */
  public void unpin() {
    withChosen(
        run ->
            attempt(
                () -> {
                  branchActs().unpin(run.first().hash());
                  showAgain(run.last().hash());
                }));
  }

  /** Takes the chosen run, and what continues it, out of the grid. */
  public void evict() {
    remove(Leaving.EVICT);
  }

  /** Takes the chosen run, and what continues it, out of every tier. */
  public void expire() {
    remove(Leaving.EXPIRE);
  }

  private void remove(Leaving how) {
    withChosen(
        run ->
            attempt(
                () -> {
                  branchActs().remove(run.first().hash(), how);
                  showAll();
                }));
  }

  private BranchActs branchActs() {
    return new BranchActs(browser, cache, notices, acts);
  }

  private void showAgain(BlockHash last) {
    show(browser.path(last));
  }

  private void withTree(Consumer<TreeLines> action) {
    TreeLines lines = tree;
    if (lines != null) {
      attempt(() -> action.accept(lines));
    }
  }

  private void withChosen(Consumer<BlockRun> action) {
    BlockRun run = chosen;
    if (run != null) {
      action.accept(run);
    }
  }

  private void attempt(Runnable action) {
    try {
      action.run();
    } catch (CompletionRefusedException e) {
      notices.failed(Texts.sentence(e.getMessage()));
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "KVASIR-C06: the blocks page could not do what was asked", e);
      notices.failed(Texts.of("blocks.failed"));
    }
  }

  /** The lines shown; none if the cache did not answer yet. */
  public List<TreeLine> getLines() {
    TreeLines lines = tree;
    return lines == null ? List.of() : lines.shown();
  }

  /** The run that was chosen last; null if there is none. */
  public @Nullable BlockRun getChosen() {
    return chosen;
  }

  /** What is asked before the chosen branch leaves. */
  public String question(String kind) {
    BlockRun run = chosen;
    return run == null
        ? ""
        : Texts.of(
            "blocks." + kind + "Question",
            run.branch().blocks(),
            figures.bytes(run.branch().bytes()));
  }

  public Search getSearch() {
    return search;
  }

  public List<String> getTenants() {
    return tenants;
  }

  public String getTenant() {
    return tenant;
  }

  public void setTenant(String tenant) {
    this.tenant = tenant;
  }
}
