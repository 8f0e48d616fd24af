package vigie.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.point.PointId;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

class PlanFileTest {
    private static final PlanEdit.When NOW =
            new PlanEdit.When(Optional.empty(), Instant.parse("2026-11-21T06:00:00Z"), false);

    @TempDir Path folder;

    private static PlanEdit.Edited unbind(byte[] json) throws Fault {
        return PlanEdit.unbind(
                json, "p", new PointId("sensor.rack_a1_inlet_top"), Optional.empty(), NOW);
    }

    @Test
    void what_it_was_stays_beside_it() throws Exception {
        Path file = Files.write(folder.resolve("p.json"), PlanFile.builtInFile());
        PlanEdit.Edited edited = PlanFile.edit(file, PlanFileTest::unbind);
        assertThat(edited.closed()).hasSize(1);
        assertThat(file).content().isEqualTo(edited.text());
        assertThat(folder.resolve("p.json~")).hasBinaryContent(PlanFile.builtInFile());
    }

    @Test
    void what_somebody_else_has_written_meanwhile_is_not_lost() throws Exception {
        Path file = Files.write(folder.resolve("p.json"), PlanFile.builtInFile());
        Fault fault =
                catchThrowableOfType(
                        Fault.class,
                        () ->
                                PlanFile.edit(
                                        file,
                                        json -> {
                                            written(file, "theirs");
                                            return unbind(json);
                                        }));
        assertThat(fault.sentence().key()).isEqualTo("plan.changed-meanwhile");
        assertThat(file).content().isEqualTo("theirs");
        assertThat(folder.resolve("p.json~")).doesNotExist();
    }

    @Test
    void who_is_writing_is_not_overtaken() throws Exception {
        Path file = Files.write(folder.resolve("p.json"), PlanFile.builtInFile());
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock _ = other.lock()) {
            Fault fault =
                    catchThrowableOfType(
                            Fault.class, () -> PlanFile.edit(file, PlanFileTest::unbind));
            assertThat(fault.sentence().key()).isEqualTo("plan.changed-meanwhile");
        }
        assertThat(file).hasBinaryContent(PlanFile.builtInFile());
    }

    private static void written(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
