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
    static final ArchRule FREE_OF_CYCLES = slices().matching("dev.latchkey.(**)")
            .should()
            .beFreeOfCycles()
            .because("a package that cannot be read alone cannot be changed alone");
}
