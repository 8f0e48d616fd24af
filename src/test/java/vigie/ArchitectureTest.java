package vigie;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The floors of the house, held. docs/architecture.md draws them. */
class ArchitectureTest {
    /** Package to floor; a package knows only packages on floors below its own. */
    private static final Map<String, Integer> FLOORS = new LinkedHashMap<>();

    static {
        FLOORS.put("point", 0);
        FLOORS.put("text", 0);
        FLOORS.put("room", 1);
        FLOORS.put("plan", 1);
        FLOORS.put("recorder", 2);
        FLOORS.put("store", 2);
        FLOORS.put("picture", 2);
        FLOORS.put("recording", 2);
        FLOORS.put("feed", 3);
        FLOORS.put("history", 3);
        FLOORS.put("note", 3);
        FLOORS.put("incident", 5);
        FLOORS.put("timeline", 4);
        FLOORS.put("duty", 4);
        FLOORS.put("simulator", 4);
        FLOORS.put("setup", 4);
        FLOORS.put("console", 6);
        FLOORS.put("app", 7);
    }

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(location -> !location.contains("/test-classes/"))
                    .importPackages("vigie");

    @Test
    void every_package_has_a_floor_and_every_floor_was_scanned() {
        Set<String> found =
                CLASSES.stream()
                        .map(ArchitectureTest::room)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(FLOORS.keySet()).containsAll(found);
        assertThat(found).hasSizeGreaterThan(6);
    }

    @Test
    void a_package_knows_only_packages_on_floors_below() {
        FLOORS.forEach((room, floor) -> {
            String[] forbidden =
                    FLOORS.entrySet().stream()
                            .filter(other -> !other.getKey().equals(room))
                            .filter(other -> other.getValue() >= floor)
                            .map(other -> "vigie." + other.getKey() + "..")
                            .toArray(String[]::new);
            if (forbidden.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage("vigie." + room + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(forbidden)
                        .because(
                                "a reading goes up the floors once; what knows upwards cannot be tested or replayed alone")
                        .allowEmptyShould(true)
                        .check(CLASSES);
            }
        });
    }

    @Test
    void packages_are_free_of_cycles() {
        SlicesRuleDefinition.slices()
                .matching("vigie.(**)")
                .should()
                .beFreeOfCycles()
                .because("two packages that know each other are one")
                .check(CLASSES);
    }

    @Test
    void the_lower_floors_know_only_the_jdk() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "vigie.point..",
                        "vigie.text..",
                        "vigie.room..",
                        "vigie.picture..",
                        "vigie.recording..")
                .should()
                .dependOnClassesThat(outside("java.", "vigie.", "org.jspecify."))
                .because(
                        "time and data come in as parameters: replay, back-testing and tests are then the same as live")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("vigie.plan..")
                .should()
                .dependOnClassesThat(
                        outside("java.", "vigie.", "org.jspecify.", "com.fasterxml.jackson."))
                .because("the plan is data; only its reader and writer need a library")
                .check(CLASSES);
    }

    @Test
    void the_lower_floors_read_no_clock() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "vigie.point..",
                        "vigie.text..",
                        "vigie.room..",
                        "vigie.plan..",
                        "vigie.picture..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.LocalDateTime.class, "now")
                .orShould()
                .callMethod(java.time.ZonedDateTime.class, "now")
                .because("time comes in as a parameter")
                .check(CLASSES);
    }

    @Test
    void only_the_console_knows_the_toolkit() {
        noClasses()
                .that()
                .resideOutsideOfPackage("vigie.console..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "javafx..",
                        "eu.hansolo..",
                        "org.controlsfx..",
                        "atlantafx..",
                        "org.kordamp..")
                .because("nothing below the window may need a window")
                .check(CLASSES);
    }

    @Test
    void only_the_bridge_hands_work_to_the_javafx_thread() {
        noClasses()
                .that()
                .resideOutsideOfPackage("vigie.console.bridge..")
                .should()
                .callMethod(javafx.application.Platform.class, "runLater", Runnable.class)
                .because("one place decides how work comes to that thread")
                .check(CLASSES);
    }

    @Test
    void only_the_stream_behind_its_interface_knows_the_binlog_library() {
        noClasses()
                .that()
                .haveNameNotMatching(
                        "vigie\\.feed\\.(StreamClient|WholeEventDeserializer|BinlogFile)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.github.shyiko..")
                .because(
                        "the library loses rows in ordinary situations; one place guards against"
                                + " it, and another library can take its place there")
                .check(CLASSES);
    }

    @Test
    void only_the_store_knows_the_migrations_library() {
        noClasses()
                .that()
                .resideOutsideOfPackage("vigie.store..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.flywaydb..")
                .because("what a schema is made of is told once, in one list")
                .check(CLASSES);
    }

    @Test
    void every_package_is_null_marked() {
        Set<String> unmarked =
                CLASSES.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(java ->
                                java.getPackageInfo() == null
                                        || !java.tryGetAnnotationOfType(NullMarked.class)
                                                .isPresent())
                        .map(java -> java.getName())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmarked).isEmpty();
    }

    @Test
    void nobody_prints_a_stack_trace() {
        noClasses()
                .should()
                .callMethod(Throwable.class, "printStackTrace")
                .because("log where it ends, once, with the cause")
                .check(CLASSES);
    }

    private static String room(JavaClass java) {
        return java.getPackageName().split("\\.")[1];
    }

    private static DescribedPredicate<JavaClass> outside(String... prefixes) {
        List<String> allowed = Arrays.asList(prefixes);
        return DescribedPredicate.describe(
                "outside " + allowed,
                java ->
                        !java.getBaseComponentType().isPrimitive()
                                && allowed.stream()
                                        .noneMatch(
                                                java.getBaseComponentType().getName()::startsWith));
    }
}
