package vigie.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.text.Fault;
import vigie.text.Words;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

class OpenedPlanTest {
    @TempDir private Path folder;

    @Test
    void without_a_file_the_built_in_plan_opens() {
        OpenedPlan opened = OpenedPlan.open(Optional.empty(), copies());
        assertThat(opened.plan()).isEqualTo(PlanFile.builtIn());
        assertThat(opened.origin()).isEqualTo(OpenedPlan.Origin.BUILT_IN);
        assertThat(opened.banner()).isEmpty();
    }

    @Test
    void a_good_file_opens_and_is_kept_as_copy() throws IOException {
        Path file = file(RandomPlan.of(1));
        OpenedPlan opened = OpenedPlan.open(Optional.of(file), copies());
        assertThat(opened.plan()).isEqualTo(RandomPlan.of(1));
        assertThat(opened.origin()).isEqualTo(OpenedPlan.Origin.FILE);
        assertThat(opened.fault()).isEmpty();
        assertThat(opened.banner()).isEmpty();
        assertThat(copies().load(file)).contains(RandomPlan.of(1));
        assertThat(leftOver()).isEmpty();
    }

    @Test
    void a_wrong_file_gives_way_to_its_last_good_copy_with_a_banner() throws IOException {
        Path file = file(RandomPlan.of(1));
        OpenedPlan.open(Optional.of(file), copies());
        Files.write(file, PlanWriter.write(RandomPlan.of(2)));
        OpenedPlan.open(Optional.of(file), copies());
        Files.writeString(file, "{");
        OpenedPlan opened = OpenedPlan.open(Optional.of(file), copies());
        assertThat(opened.plan()).isEqualTo(RandomPlan.of(2));
        assertThat(opened.origin()).isEqualTo(OpenedPlan.Origin.LAST_GOOD);
        assertThat(opened.fault()).isPresent();
        assertThat(Words.in(Locale.ENGLISH).say(opened.banner().orElseThrow()))
                .startsWith("Shown is the plan as it last could be read. The plan " + file)
                .contains("not JSON from line 1, column");
    }

    @Test
    void the_copy_of_one_plan_never_stands_in_for_another() throws IOException {
        OpenedPlan.open(Optional.of(file(RandomPlan.of(1))), copies());
        OpenedPlan opened = OpenedPlan.open(Optional.of(folder.resolve("other.json")), copies());
        assertThat(opened.origin()).isEqualTo(OpenedPlan.Origin.BUILT_IN);
        assertThat(opened.plan()).isEqualTo(PlanFile.builtIn());
        assertThat(Words.in(Locale.ENGLISH).say(opened.banner().orElseThrow()))
                .isEqualTo(
                        "Shown is the built-in plan, not this room. There is no plan file "
                                + folder.resolve("other.json")
                                + ": check the path.");
    }

    @Test
    void a_damaged_copy_is_as_good_as_none() throws IOException {
        Path file = file(RandomPlan.of(1));
        OpenedPlan.open(Optional.of(file), copies());
        try (Stream<Path> copies = Files.list(folder.resolve("copies"))) {
            for (Path copy : copies.toList()) {
                Files.writeString(copy, "?");
            }
        }
        Files.writeString(file, "?");
        assertThat(OpenedPlan.open(Optional.of(file), copies()).origin())
                .isEqualTo(OpenedPlan.Origin.BUILT_IN);
    }

    @Test
    void a_copy_that_cannot_be_kept_does_not_hinder() throws IOException {
        Path file = file(RandomPlan.of(1));
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file, not a folder");
        OpenedPlan opened = OpenedPlan.open(Optional.of(file), new LastGoodPlan(blocked));
        assertThat(opened.origin()).isEqualTo(OpenedPlan.Origin.FILE);
        assertThat(opened.banner()).isEmpty();
        assertThat(opened.fault().orElseThrow().getMessage())
                .startsWith("The plan is in use, but no copy");
    }

    @Test
    void fifty_megabytes_are_refused_before_they_are_read() throws IOException {
        Path file = folder.resolve("large.json");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(50L * 1024 * 1024);
        }
        assertThat(refusal(file)).contains("is larger than 8 MB");
    }

    @Test
    void what_is_no_readable_file_is_told() throws IOException {
        assertThat(refusal(folder)).isEqualTo(folder + " is a folder: name the plan's file in it.");
        assertThat(refusal(folder.resolve("missing.json"))).contains("There is no plan file");
        Assumptions.assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path secret = file(RandomPlan.of(1));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(secret), "root may read everything");
        assertThat(refusal(secret)).contains("may not be read by this user");
    }

    private static String refusal(Path file) {
        Fault fault = catchThrowableOfType(Fault.class, () -> PlanFile.read(file));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BLOCKED);
        assertThat(Words.in(Locale.FRENCH).say(fault.sentence())).isNotBlank();
        return Words.in(Locale.ENGLISH).say(fault.sentence());
    }

    private Path file(Plan plan) throws IOException {
        return Files.write(folder.resolve("plan.json"), PlanWriter.write(plan));
    }

    private LastGoodPlan copies() {
        return new LastGoodPlan(folder.resolve("copies"));
    }

    private List<Path> leftOver() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("copies"))) {
            return files.filter(file -> file.toString().endsWith(".tmp")).toList();
        }
    }
}
