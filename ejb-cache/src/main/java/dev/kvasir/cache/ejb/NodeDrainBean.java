package dev.kvasir.cache.ejb;

import dev.kvasir.cache.DrainState;
import dev.kvasir.cache.NodeDrain;
import dev.kvasir.cache.QueueStats;
import dev.kvasir.cache.queue.Gate;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Closes and opens this node's gate. */
@Stateless(name = "NodeDrainBean")
@Local(NodeDrain.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class NodeDrainBean implements NodeDrain {
  private static final Logger LOG = System.getLogger(NodeDrainBean.class.getName());

  @EJB private CacheCoordinator coordinator;

  @Override
  public DrainState state() {
    Gate gate = coordinator.gate();
    QueueStats queue = coordinator.queue().stats();
    return new DrainState(gate.node(), gate.isClosed(), queue.running(), queue.waiting());
  }

  @Override
  public DrainState begin() {
    coordinator.gate().close();
    DrainState state = state();
    LOG.log(
        Level.INFO,
        "the node is being drained: {0} completions run, {1} wait",
        state.running(),
        state.waiting());
    return state;
  }

  @Override
  public DrainState end() {
    coordinator.gate().open();
    LOG.log(Level.INFO, "the node takes completions again");
    return state();
  }
}
