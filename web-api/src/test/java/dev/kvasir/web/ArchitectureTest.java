package dev.kvasir.web;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.kvasir.web.admin.AdminOnly;
import dev.kvasir.web.tenant.TenantKeyed;
import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ArchitectureTest {
  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.kvasir.web");

  private static final ArchRule WIRE_KNOWS_NO_SERVICE =
      classes()
          .that()
          .resideInAPackage("..web.openai..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "jakarta.json..", "org.jspecify..", "..web.openai..")
          .because("wire records are the OpenAI JSON and nothing else");

  private static final ArchRule PACKAGES_FORM_A_LINE =
      slices()
          .matching("dev.kvasir.web.(*)..")
          .should()
          .beFreeOfCycles()
          .because("modules and packages depend one way only");

  private static final ArchRule CONTRACTS_ONLY =
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
                              "dev.kvasir.cache.route",
                              "dev.kvasir.cache.tenants"))))
          .because("the web module sees the contracts of cache and completion, not their insides");

  private static final ArchRule COMPLETIONS_ARE_FOR_TENANTS =
      classes()
          .that()
          .resideInAPackage("..web.completion..")
          .and()
          .areAnnotatedWith(Path.class)
          .should()
          .beAnnotatedWith(TenantKeyed.class)
          .because("without it a request would have no tenant, and a wrong key would pass");

  private static final ArchRule ADMINISTRATION_IS_FOR_ADMINS =
      classes()
          .that()
          .areAnnotatedWith(Path.class)
          .and()
          .areNotAnnotatedWith(TenantKeyed.class)
          .should()
          .beAnnotatedWith(AdminOnly.class)
          .because("a resource that is nobody's would be everybody's");

  private static final ArchRule SERVLETS_ARE_FEW =
      classes()
          .that()
          .areAnnotatedWith(WebServlet.class)
          .should()
          .resideInAPackage("dev.kvasir.web")
          .because("no filter asks a servlet's callers for a role; those at the root tell nothing");

  private static final ArchRule LOGS_INSTEAD_OF_STREAMS =
      NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because("what is said goes through System.Logger");

  private static final ArchRule NO_OWN_THREADS =
      noClasses()
          .should()
          .callConstructor(Thread.class, Runnable.class)
          .because("threads are the container's");

  static Stream<ArchRule> rules() {
    return Stream.of(
        WIRE_KNOWS_NO_SERVICE,
        PACKAGES_FORM_A_LINE,
        CONTRACTS_ONLY,
        COMPLETIONS_ARE_FOR_TENANTS,
        ADMINISTRATION_IS_FOR_ADMINS,
        SERVLETS_ARE_FEW,
        LOGS_INSTEAD_OF_STREAMS,
        NO_OWN_THREADS);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void module_everyRule_kept(ArchRule rule) {
    rule.check(MODULE);
  }
}
