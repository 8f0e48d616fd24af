package vigie.duty;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import vigie.feed.StoredPlace;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

class PositionFileTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(PositionFile.class);
    private static final StoredPlace PLACE = new StoredPlace("0-1-9,7-2-3", "0-1-8,7-2-3", -5, 471);

    @TempDir Path folder;

    private Path path() {
        return folder.resolve("feed.position");
    }

    private byte[] written() throws Fault, IOException {
        new PositionFile(path()).save(PLACE);
        return Files.readAllBytes(path());
    }

    private Optional<StoredPlace> load(byte[] bytes) throws IOException {
        Files.write(path(), bytes);
        return new PositionFile(path()).load();
    }

    /** Each damage is worth a line, but here there are thousands. */
    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
    }

    @Test
    void a_place_comes_back_and_nobody_else_may_open_it() throws Fault, IOException {
        assertThat(new PositionFile(path()).load()).isEmpty();
        written();
        assertThat(new PositionFile(path()).load()).contains(PLACE);
        StoredPlace empty = new StoredPlace("", "", 0, 0);
        new PositionFile(path()).save(empty);
        assertThat(new PositionFile(path()).load()).contains(empty);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path());
        }
    }

    @Test
    void a_file_that_others_may_open_and_a_folder_in_its_place_are_ignored()
            throws Fault, IOException {
        written();
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(new PositionFile(path()).load()).isEmpty();
        Files.delete(path());
        Files.createDirectory(path());
        assertThat(new PositionFile(path()).load()).isEmpty();
    }

    @Test
    void a_file_of_another_version_is_ignored() throws Fault, IOException {
        String text = new String(written(), java.nio.charset.StandardCharsets.UTF_8);
        for (String format : new String[] {"0", "2", "1.0", "\"1\"", "null", "99999999999"}) {
            String other = text.replace("\"format\":1", "\"format\":" + format);
            assertThat(other).isNotEqualTo(text);
            assertThat(load(other.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .as(format)
                    .isEmpty();
        }
    }

    @Test
    void no_truncation_is_another_place() throws Fault, IOException {
        byte[] whole = written();
        for (int length = 0; length < whole.length; length++) {
            Optional<StoredPlace> loaded = load(Arrays.copyOf(whole, length));
            // All but the line's end is the whole of it.
            assertThat(loaded).isIn(Optional.empty(), Optional.of(PLACE));
            assertThat(loaded.isPresent()).isEqualTo(length == whole.length - 1);
        }
    }

    @Test
    void no_flipped_bit_is_another_place() throws Fault, IOException {
        byte[] whole = written();
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(load(damaged)).as("bit " + bit).isIn(Optional.empty(), Optional.of(PLACE));
        }
    }

    @Test
    void random_damage_is_never_another_place_and_never_an_exception() throws Fault, IOException {
        byte[] whole = written();
        Random random = new Random(20_261_126);
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 20));
            for (int hits = random.nextInt(12); hits > 0 && damaged.length > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            assertThat(load(damaged)).as("try " + i).isIn(Optional.empty(), Optional.of(PLACE));
        }
    }
}
