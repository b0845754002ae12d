package dev.kvasir.it;

import java.io.File;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What the in-server tests deploy. */
final class Archives {
  private Archives() {}

  /** The application as it was built, with one more module: the tests that run inside of it. */
  static EnterpriseArchive kvasirWith(Class<?>... tests) {
    WebArchive inside =
        Testable.archiveToTest(
            ShrinkWrap.create(WebArchive.class, "inside.war")
                .addClasses(tests)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml"));
    return kvasir()
        .addAsModule(inside)
        .setApplicationXML(
            new StringAsset(
                """
                <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
                  <application-name>kvasir</application-name>
                  <module><ejb>kvasir-cache.jar</ejb></module>
                  <module>
                    <web><web-uri>kvasir-web-api.war</web-uri><context-root>/</context-root></web>
                  </module>
                  <module>
                    <web>
                      <web-uri>inside.war</web-uri><context-root>/inside</context-root>
                    </web>
                  </module>
                  <library-directory>lib</library-directory>
                </application>
                """));
  }

  /** The application as it was built. */
  static EnterpriseArchive kvasir() {
    return ShrinkWrap.createFromZipFile(
        EnterpriseArchive.class, new File(root(), "ear/target/kvasir.ear"));
  }

  private static File root() {
    return new File(System.getProperty("kvasir.root", ".."));
  }
}
