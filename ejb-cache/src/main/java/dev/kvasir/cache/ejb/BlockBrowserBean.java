package dev.kvasir.cache.ejb;

import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.browse.BlockBrowser;
import dev.kvasir.cache.browse.BlockRun;
import dev.kvasir.cache.browse.ForestBrowser;
import dev.kvasir.cache.browse.Leaving;
import dev.kvasir.cache.browse.PromptBlocks;
import dev.kvasir.cache.browse.PromptText;
import dev.kvasir.cache.browse.RemovedBranch;
import dev.kvasir.cache.browse.RunPage;
import dev.kvasir.cache.browse.RunQuery;
import dev.kvasir.inference.BlockHash;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;

/** The way through this node's view of the cached blocks, for the console and the REST resource. */
@Singleton(name = "BlockBrowserBean")
@Local(BlockBrowser.class)
@DependsOn("CacheCoordinator")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BlockBrowserBean implements BlockBrowser {
  @EJB private CacheCoordinator coordinator;

  @SuppressWarnings("NullAway.Init") // set by begin(), which the container calls first
  private volatile BlockBrowser browser;

  @PostConstruct
  void begin() {
    browser = new ForestBrowser(new NodeBlocks(coordinator), Ticker.system());
  }

  @Override
  public RunPage runs(RunQuery query) {
    return CacheAdminBean.reach(() -> browser.runs(query));
  }

  @Override
  public List<BlockRun> path(BlockHash hash) {
    return CacheAdminBean.reach(() -> browser.path(hash));
  }

  @Override
  public PromptBlocks find(PromptText text) {
    return CacheAdminBean.reach(() -> browser.find(text));
  }

  @Override
  public RemovedBranch remove(BlockHash hash, Leaving how) {
    return CacheAdminBean.reach(() -> browser.remove(hash, how));
  }
}
