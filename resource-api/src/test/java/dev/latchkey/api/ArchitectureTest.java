package dev.latchkey.api;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.latchkey.api.entitlement.Entitlement;
import dev.latchkey.api.entitlement.Granted;
import dev.latchkey.api.table.Row;
import jakarta.persistence.Entity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Statement;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "dev.latchkey.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final DescribedPredicate<JavaClass> TABLES = describe(
            "of a table", type -> type.getPackageName().endsWith(".api.table") || isBeside(type, Row.class::equals));

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES = slices().matching("dev.latchkey.api.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a feature that can be read alone can be copied and removed alone");

    @ArchTest
    static final ArchRule FEATURES_DO_NOT_KNOW_EACH_OTHER = slices().assignedFrom(new Features())
            .should()
            .notDependOnEachOther()
            .because("tables are joined in the database, not in their controllers");

    @ArchTest
    static final ArchRule ONLY_TABLES_TOUCH_PERSISTENCE = noClasses()
            .that(not(TABLES))
            .and()
            .resideOutsideOfPackages("..api.limit..", "..api.ops..", "..api.schema..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("jakarta.persistence..", "org.springframework.data.jpa..", "javax.sql.."))
            .because("who a request is and what it may do is known from the token, without a query");

    @ArchTest
    static final ArchRule STATEMENTS_ARE_PREPARED = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(JdbcTemplate.class, JdbcOperations.class, Statement.class)
            .because("the binding of a plain statement is in its text, and a log of slow statements would have it."
                    + " JdbcClient prepares what has no parameters, too");

    @ArchTest
    static final ArchRule ENTITIES_KNOW_NO_OWNER = noFields()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Entity.class)
            .should()
            .haveNameMatching("(?i).*owner.*")
            .because(
                    "the database fills owner_id from the binding: what the application cannot set it cannot get wrong");

    @ArchTest
    static final ArchRule CONTROLLERS_ARE_THEIR_FEATURES_OWN = classes()
            .that()
            .areAnnotatedWith(RestController.class)
            .should()
            .bePackagePrivate()
            .because("a feature is used over HTTP, not by calling its controller");

    @ArchTest
    static final ArchRule NOTHING_NAMES_ROWS_BY_OWNER = noClasses()
            .that(TABLES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.latchkey.rowsecurity..", "..api.token..")
            .because("a feature that never asks whose rows these are cannot ask wrongly");

    @ArchTest
    static final ArchRule ENTITLEMENTS_ARE_DECIDED_IN_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackages("..api.entitlement..", "..api.me..")
            .should(be(describe("naming app_metadata", ArchitectureTest::namesAppMetadata)))
            .orShould()
            .callMethod(Granted.class, "has", Entitlement.class)
            .because("a feature says what it needs with @Requires; only /v1/me shows what somebody has");

    @ArchTest
    static final ArchRule ONE_JSON = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson.databind..")
            .because("Jackson 2 would read bodies by other rules than the strict ones of package document");

    /** Constants are copied into the classes that use them. */
    private static boolean namesAppMetadata(JavaClass type) {
        try (InputStream bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1).contains("app_metadata");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A type of its package, or one that such a type extends, is what is looked for. */
    private static boolean isBeside(JavaClass type, Predicate<Class<?>> wanted) {
        return type.getPackage().getClasses().stream()
                .flatMap(neighbour -> neighbour.getClassHierarchy().stream())
                .anyMatch(ancestor -> wanted.test(ancestor.reflect()));
    }

    /** Packages that answer requests of their own. */
    private static final class Features implements SliceAssignment {

        @Override
        public String getDescription() {
            return "features";
        }

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            // What they use of others is no feature, and its own neighbours need not be on the class path.
            return type.getPackageName().startsWith("dev.latchkey.")
                            && isBeside(type, neighbour -> neighbour.isAnnotationPresent(RestController.class))
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }
    }
}
