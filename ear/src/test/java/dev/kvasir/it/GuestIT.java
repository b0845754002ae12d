package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Another application on the same server gets completions from the adapter. */
@ExtendWith(ArquillianExtension.class)
public class GuestIT {
  @Inject Guest guest;

  @Deployment(name = "kvasir", order = 1, testable = false)
  static EnterpriseArchive kvasir() {
    return Archives.kvasir();
  }

  @Deployment(name = "guest", order = 2)
  static WebArchive guest() {
    return ShrinkWrap.create(WebArchive.class, "guest.war")
        .addClasses(Guest.class)
        .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
  }

  @Test
  @OperateOnDeployment("guest")
  void complete_byAdapter_text() throws ResourceException {
    String text = guest.completeByAdapter("The code of Paul is 4821. The code of Paul is");

    assertFalse(text.isBlank());
  }
}
