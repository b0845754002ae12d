package dev.kvasir.console;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CONSOLE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.kvasir.console");

  @Test
  void viewBeans_gridAndEngine_unseen() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "com.hazelcast..",
                    "org.tensorflow..",
                    "dev.kvasir.engine..",
                    "dev.kvasir.ra..",
                    "dev.kvasir.cache.*..")
                .and(
                    not(
                        resideInAnyPackage(
                            "dev.kvasir.cache.alerts",
                            "dev.kvasir.cache.audit",
                            "dev.kvasir.cache.browse",
                            "dev.kvasir.cache.limits",
                            "dev.kvasir.cache.tenants"))))
        .because("pages live on the snapshots that the cache's callers get, whatever makes them")
        .check(CONSOLE);
  }

  @Test
  void pages_eachOther_unseen() {
    slices()
        .matching("dev.kvasir.console.(*)..")
        .should()
        .notDependOnEachOther()
        .because("one page can change without another")
        .check(CONSOLE);
  }

  @Test
  void threads_madeByHand_none() {
    noClasses()
        .should()
        .callConstructor(Thread.class)
        .because("threads come from the server's executors")
        .check(CONSOLE);
  }

  @Test
  void standardStreams_anywhere_unused() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
        .because("logs go through System.Logger")
        .check(CONSOLE);
  }
}
