package dev.kvasir.cache.ejb;

import dev.kvasir.cache.tenants.GroupChange;
import dev.kvasir.cache.tenants.SeenGroup;
import dev.kvasir.cache.tenants.SharingGroup;
import dev.kvasir.cache.tenants.SharingGroups;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;

/** The node's sharing groups, for the modules of this application. */
@Stateless(name = "SharingGroupsBean")
@Local(SharingGroups.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SharingGroupsBean implements SharingGroups {
  @EJB private DirectoryCoordinator coordinator;

  @Override
  public List<SharingGroup> groups() {
    return coordinator.groups().groups();
  }

  @Override
  public SharingGroup group(String id) {
    return coordinator.groups().group(id);
  }

  @Override
  public SharingGroup create(String id, String name) {
    return coordinator.groups().create(id, name);
  }

  @Override
  public GroupChange invite(SeenGroup seen, String tenant, String by) {
    return coordinator.groups().invite(seen, tenant, by);
  }

  @Override
  public GroupChange consent(SeenGroup seen, String tenant, String givenBy, String recordedBy) {
    return coordinator.groups().consent(seen, tenant, givenBy, recordedBy);
  }

  @Override
  public GroupChange leave(SeenGroup seen, String tenant) {
    return coordinator.groups().leave(seen, tenant);
  }

  @Override
  public GroupChange delete(SeenGroup seen) {
    return coordinator.groups().delete(seen);
  }
}
