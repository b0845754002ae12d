package dev.kvasir.cache;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.Serializable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The module's shape, as its classes keep it. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.kvasir.cache");

  private static final ArchRule PURE =
      classes()
          .that()
          .resideInAnyPackage(
              "dev.kvasir.cache.chain..",
              "dev.kvasir.cache.policy..",
              "dev.kvasir.cache.queue..",
              "dev.kvasir.cache.alerts..",
              "dev.kvasir.cache.audit..",
              "dev.kvasir.cache.browse..",
              "dev.kvasir.cache.limits..",
              "dev.kvasir.cache.route..",
              "dev.kvasir.cache.semantic..",
              "dev.kvasir.cache.tenants..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "java..",
                  "org.jspecify.annotations..",
                  "dev.kvasir.inference..",
                  "dev.kvasir.cache",
                  "dev.kvasir.cache.chain..",
                  "dev.kvasir.cache.policy..",
                  "dev.kvasir.completion..",
                  "dev.kvasir.cache.queue..",
                  "dev.kvasir.cache.alerts..",
                  "dev.kvasir.cache.audit..",
                  "dev.kvasir.cache.browse..",
                  "dev.kvasir.cache.limits..",
                  "dev.kvasir.cache.route..",
                  "dev.kvasir.cache.semantic..",
                  "dev.kvasir.cache.tenants..",
                  "javax.crypto.."))
          .because(
              "algorithms run in a plain JVM and in the simulator; containers live at the rim");

  private static final ArchRule HAZELCAST =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.kvasir.cache.grid..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.hazelcast..")
          .because("the data grid is one component, and could be another one");

  private static final ArchRule CONTAINER =
      noClasses()
          .that()
          .resideInAnyPackage("dev.kvasir.cache", "dev.kvasir.cache.grid..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "org.eclipse.microprofile..")
          .because("contracts and grid run without a server");

  private static final ArchRule CONTRACTS =
      noClasses()
          .that()
          .resideInAPackage("dev.kvasir.cache")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.kvasir.cache.*..")
          .because("what callers see names nothing that lies behind it");

  private static final ArchRule ENGINE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.kvasir.engine..", "dev.kvasir.ra..", "org.tensorflow..")
          .because("the cache knows the adapter's API and nothing behind it");

  private static final ArchRule SERIALIZATION =
      noClasses()
          .that()
          .areNotAssignableTo(Throwable.class)
          .and()
          .areNotEnums()
          .and()
          .areNotAssignableTo("com.hazelcast.map.EntryProcessor")
          .should()
          .beAssignableTo(Serializable.class)
          .because(
              "members refuse what Java's serialization would make: give the type its Fields in"
                  + " Serializers");

  private static final ArchRule CYCLES =
      slices()
          .matching("dev.kvasir.cache.(*)..")
          .should()
          .beFreeOfCycles()
          .because("dependencies are a line, not a web");

  private static final ArchRule STREAMS =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because(
          "a server's log is System.Logger");

  private static final ArchRule THREADS =
      noClasses()
          .should()
          .callConstructorWhere(
              DescribedPredicate.describe(
                  "it makes a thread",
                  (JavaConstructorCall call) -> call.getTargetOwner().isAssignableTo(Thread.class)))
          .because("threads are the container's");

  @TestFactory
  Stream<DynamicTest> rules() {
    return Stream.of(
            PURE, HAZELCAST, CONTAINER, CONTRACTS, ENGINE, SERIALIZATION, CYCLES, STREAMS, THREADS)
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CLASSES)));
  }
}
