package dev.latchkey.rowsecurity;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.latchkey", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_NO_IDENTITY_PROVIDER = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.keycloak..", "org.springframework.security..")
            .because("any Spring application can use it, whoever signs its users in: OwnerResolver is the only seam");

    @ArchTest
    static final ArchRule KNOWS_NO_OTHER_MODULE = noClasses()
            .should()
            .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "are Latchkey's but not row security's",
                    type -> type.getPackageName().startsWith("dev.latchkey")
                            && !type.getPackageName().startsWith("dev.latchkey.rowsecurity")))
            .because("others will want it on its own");

    @ArchTest
    static final ArchRule BINDS_WITHOUT_JPA = noClasses()
            .that()
            .resideInAPackage("dev.latchkey.rowsecurity.binding..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hibernate..", "jakarta.persistence..", "org.springframework..")
            .because("the binder holds for raw JDBC too, and an application may have no JPA");

    @ArchTest
    static final ArchRule SESSIONS_KNOW_NO_OWNER = noClasses()
            .that()
            .resideInAPackage("dev.latchkey.rowsecurity.binding.session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.latchkey.rowsecurity", "dev.latchkey.rowsecurity.binding")
            .because("what is left on a session is judged by SQL and the catalogue alone, whoever it is bound to");

    @ArchTest
    static final ArchRule CACHES_KNOW_NO_SQL = noClasses()
            .that()
            .resideInAPackage("dev.latchkey.rowsecurity.cache..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "dev.latchkey.rowsecurity.binding..")
            .because("caches are keyed by the owner in scope, whether a database stands behind them or not");

    @ArchTest
    static final ArchRule EXAMINES_ADOPTS_AND_PROVES_WITHOUT_SPRING = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.latchkey.rowsecurity.doctor..",
                    "dev.latchkey.rowsecurity.adopt..",
                    "dev.latchkey.rowsecurity.prover..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.hibernate..", "jakarta.persistence..")
            .because("the command line and tests ask them of databases behind which there is no Spring");

    @ArchTest
    static final ArchRule ATTACKS_ARE_NOT_TOLD = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.latchkey.rowsecurity.prover.rows..",
                    "dev.latchkey.rowsecurity.prover.attack..",
                    "dev.latchkey.rowsecurity.prover.fuzz..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.latchkey.rowsecurity.doctor..", "dev.latchkey.rowsecurity.prover.mutant..")
            .because("what has to notice a break may not know which one is planted, nor what the doctor finds");

    @ArchTest
    static final ArchRule PROVES_WITHOUT_JUNIT = noClasses()
            .that()
            .resideInAPackage("dev.latchkey.rowsecurity.prover..")
            .and()
            .haveNameNotMatching(".*\\.(ProveIsolation|ProofExtension)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.junit..")
            .because("IsolationProof is for other test frameworks too");

    @ArchTest
    static final ArchRule FREE_OF_CYCLES = slices().matching("dev.latchkey.(**)")
            .should()
            .beFreeOfCycles()
            .because("a package that cannot be read alone cannot be changed alone");
}
