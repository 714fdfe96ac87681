package dev.errand.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/// The rules of the house: what may depend on what, and how things are called.
@AnalyzeClasses(packages = "dev.errand", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ENGINE = "dev.errand.engine..";
  private static final String HANDLERS = "dev.errand.handlers..";
  private static final String SERVER = "dev.errand.server..";

  @ArchTest
  static final ArchRule the_engine_needs_nothing_but_the_jdk =
      classes()
          .that()
          .resideInAPackage(ENGINE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              ENGINE, "java..", "org.jspecify..", "org.slf4j..", "com.fasterxml.uuid..");

  @ArchTest
  static final ArchRule the_engine_knows_no_database_and_no_http =
      noClasses()
          .that()
          .resideInAPackage(ENGINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "java.net.http..");

  @ArchTest
  static final ArchRule spring_stays_in_the_server =
      noClasses()
          .that()
          .resideOutsideOfPackage(SERVER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule sql_stays_in_postgres =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.errand.postgres..", "dev.errand.server.database..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.sql..");

  @ArchTest
  static final ArchRule handlers_know_neither_server_nor_database =
      noClasses()
          .that()
          .resideInAPackage(HANDLERS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SERVER, "dev.errand.postgres..", "dev.errand.storage..");

  @ArchTest
  static final ArchRule nobody_depends_on_the_server =
      noClasses()
          .that()
          .resideOutsideOfPackage(SERVER)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SERVER);

  /// Settings are read into the records of those they are for, such as the rules for fetching.
  @ArchTest
  static final ArchRule only_the_wiring_knows_what_implements_a_port =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .and()
          .resideOutsideOfPackages(
              "dev.errand.server",
              "dev.errand.server.config..",
              "dev.errand.server.database..",
              "dev.errand.server.wiring..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.errand.postgres..", "dev.errand.storage..", HANDLERS);

  @ArchTest static final ArchRule no_circles_in_postgres = circleFree("postgres");

  @ArchTest static final ArchRule no_circles_in_the_handlers = circleFree("handlers");

  @ArchTest static final ArchRule no_circles_in_the_server = circleFree("server");

  private static ArchRule circleFree(String module) {
    return slices()
        .matching("dev.errand." + module + ".(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true);
  }

  @ArchTest
  static final ArchRule names_say_what_a_class_is =
      noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");

  @ArchTest
  static final ArchRule every_package_says_that_null_is_marked =
      classes()
          .that(not(resideInAPackage("dev.errand.testkit..")))
          .should(resideInNullMarkedPackages());

  private static ArchCondition<JavaClass> resideInNullMarkedPackages() {
    return new ArchCondition<>("reside in a package that is @NullMarked") {
      @Override
      public void check(JavaClass one, ConditionEvents events) {
        if (!one.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  one, "package %s is not @NullMarked".formatted(one.getPackageName())));
        }
      }
    };
  }
}
