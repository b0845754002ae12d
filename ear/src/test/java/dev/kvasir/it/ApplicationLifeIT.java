package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The coordinating singleton lives as long as the application, and the member of the grid in it.
 */
@ExtendWith(ArquillianExtension.class)
public class ApplicationLifeIT {
  private static final int CONNECT_MILLIS = 2_000;

  @Deployment(name = "kvasir", managed = false, testable = false)
  static EnterpriseArchive kvasir() {
    return Archives.kvasir();
  }

  @Test
  void deployAndUndeploy_twice_memberComesAndGoes(@ArquillianResource Deployer deployer) {
    for (int i = 0; i < 2; i++) {
      deployer.deploy("kvasir");
      assertTrue(memberListens());

      deployer.undeploy("kvasir");
      assertFalse(memberListens());
    }
  }

  private static boolean memberListens() {
    int port = Integer.getInteger("kvasir.it.cluster.port");
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
