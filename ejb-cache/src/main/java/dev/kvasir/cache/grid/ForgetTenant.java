package dev.kvasir.cache.grid;

import java.util.concurrent.Callable;

/** Tells a member to forget its copies of a tenant's blocks; runs there. */
final class ForgetTenant extends MemberTask implements Callable<DroppedHere> {
  private final String tenant;

  ForgetTenant(String tenant) {
    this.tenant = tenant;
  }

  String tenant() {
    return tenant;
  }

  @Override
  public DroppedHere call() {
    return desk().forgetTenant(tenant);
  }
}
