package dev.latchkey.keycloak;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.latchkey.keycloak", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String RULES =
            "(ActorKey|ActorUid|Identity|OwnerChoice|OwnerId|OwnerRefusedException|WorkspaceRole)";

    @ArchTest
    static final ArchRule RULES_KNOW_NO_KEYCLOAK = noClasses()
            .that()
            .haveNameMatching(".*\\." + RULES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.keycloak..", "jakarta..", "org.jboss..")
            .because("derivations and rules are published, and tested without a server");

    /** A rule over classes that nobody finds any more would hold for ever. */
    @ArchTest
    static void rulesAreFound(JavaClasses classes) {
        assertThat(classes.stream().filter(c -> c.getSimpleName().matches(RULES)))
                .hasSize(7);
    }

    @ArchTest
    static final ArchRule OUR_DEPENDENCIES_ARE_KEYCLOAKS = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.latchkey.keycloak..",
                    "java..",
                    "javax.crypto..",
                    "org.keycloak..",
                    "jakarta.persistence..",
                    "jakarta.ws.rs..",
                    "com.fasterxml.jackson..",
                    "com.github.benmanes.caffeine..",
                    "org.jboss.logging..",
                    "org.jspecify..")
            .because("the jar is put into Keycloak alone: nothing comes with it");

    @ArchTest
    static final ArchRule MAPPERS_ALONE_ARE_PUBLIC_IN_A_FEATURE = classes()
            .that()
            .resideInAnyPackage("..actor..", "..owner..")
            .and()
            .arePublic()
            .should()
            .haveNameMatching(".*(Mapper|Factory|\\.Pseudonym)")
            .because("Keycloak needs its providers public, and of a feature others need somebody's pseudonym at most");
}
