package dev.kvasir.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.kvasir.engine");

  @Test
  void engine_dependsOnNoContainerAndNoGrid() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta..", "com.hazelcast..", "dev.kvasir.cache..")
        .because("tests and benchmarks run the engine without a server, and it knows no cache")
        .check(ENGINE);
  }

  @Test
  void tensorFlow_staysInTheGraph() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..blend..",
            "..paged..",
            "..schedule..",
            "..draft..",
            "..sample..",
            "..constrain..",
            "..text..",
            "..weights..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.tensorflow..")
        .because("blocks, schedule and sampling are plain Java that a simulator can run")
        .check(ENGINE);
  }

  @Test
  void packages_haveNoCycles() {
    slices()
        .matching("dev.kvasir.engine.(**)")
        .should()
        .beFreeOfCycles()
        .because("a stranger reads one package at a time")
        .check(ENGINE);
  }

  @Test
  void classes_neitherPrintNorStartThreads() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
        .because("a server's output belongs to its log; ModelCheck is a command and prints")
        .check(ENGINE.that(new NotACommand()));
    noClasses()
        .should()
        .callConstructor(Thread.class, Runnable.class)
        .because("threads come from the container, or from the test")
        .check(ENGINE);
  }

  /** All but the classes that are started from a shell. */
  private static final class NotACommand
      extends com.tngtech.archunit.base.DescribedPredicate<
          com.tngtech.archunit.core.domain.JavaClass> {
    NotACommand() {
      super("not a command");
    }

    @Override
    public boolean test(com.tngtech.archunit.core.domain.JavaClass type) {
      return type.tryGetMethod("main", String[].class).isEmpty();
    }
  }
}
