package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.completion.Completion;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Another application on the same server gets completions, without HTTP. */
@ExtendWith(ArquillianExtension.class)
public class GuestIT {
  private static final int ENOUGH_TOKENS = 900;

  @Inject Guest guest;

  @Deployment(name = "kvasir", order = 1, testable = false)
  static EnterpriseArchive kvasir() {
    return Archives.kvasir();
  }

  @Deployment(name = "guest", order = 2)
  static WebArchive guest() {
    return ShrinkWrap.create(WebArchive.class, "guest.war")
        .addClasses(Guest.class, LongNotes.class, Await.class, Await.Condition.class)
        .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
  }

  @Test
  @OperateOnDeployment("guest")
  void complete_byAdapter_text() throws ResourceException {
    String text = guest.completeByAdapter("The code of Paul is 4821. The code of Paul is");

    assertFalse(text.isBlank());
  }

  @Test
  @OperateOnDeployment("guest")
  void complete_samePromptTwice_streamedAndThenCached() {
    String notes = LongNotes.of(20);
    List<String> pieces = new ArrayList<>();

    Completion first = guest.complete(notes, token -> pieces.add(token.text()));
    Completion second = guest.complete(notes, token -> true);

    assertEquals(first.newTokens(), pieces.size());
    assertEquals(first.text(), String.join("", pieces));
    assertTrue(first.cache().computedTokens() > ENOUGH_TOKENS, first::toString);
    assertTrue(second.cache().cachedTokens() > ENOUGH_TOKENS, second::toString);
    assertEquals(first.text(), second.text());
  }

  @Test
  @OperateOnDeployment("guest")
  void complete_sink_runsInTheGuestsContext() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    List<ClassLoader> loaders = new ArrayList<>();
    List<Boolean> ownBeans = new ArrayList<>();

    guest.complete(
        "The code of Paul is",
        token -> {
          loaders.add(Thread.currentThread().getContextClassLoader());
          ownBeans.add(CDI.current().select(Guest.class).isResolvable());
          return false;
        });

    assertEquals(List.of(loader), loaders);
    assertEquals(List.of(true), ownBeans);
  }

  @Test
  @OperateOnDeployment("guest")
  void complete_kvasirStoppedMeanwhile_finishedAndLaterCallsToldUntilItStarts() {
    String prompt = "The code of Paul is 4821. The code of Paul is";
    String before = guest.complete(prompt, token -> true).text();
    AtomicBoolean stopped = new AtomicBoolean();

    Completion onItsWay =
        guest.complete(
            prompt,
            token -> {
              if (!stopped.getAndSet(true)) {
                kvasir("stop", "STOPPED");
              }
              return true;
            });
    IllegalStateException refusal =
        assertThrows(IllegalStateException.class, () -> guest.complete(prompt, token -> true));
    kvasir("start", "STARTED");

    assertEquals(before, onItsWay.text());
    assertTrue(refusal.toString().contains("Kvasir is not started"), refusal::toString);
    assertEquals(before, guest.complete(prompt, token -> true).text());
  }

  /** Stops or starts Kvasir's application, and waits for it. */
  private static void kvasir(String operation, String stateAfter) {
    try {
      MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
      ObjectName application =
          new ObjectName(
              "WebSphere:service=com.ibm.websphere.application.ApplicationMBean,name=kvasir");
      beans.invoke(application, operation, new Object[0], new String[0]);
      Await.until(
          60,
          () -> beans.getAttribute(application, "State").equals(stateAfter),
          () -> "Kvasir's application is " + stateAfter);
    } catch (Exception e) {
      throw new AssertionError("Kvasir does not " + operation, e);
    }
  }
}
