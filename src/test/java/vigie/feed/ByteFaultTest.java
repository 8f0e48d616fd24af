package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.point.Reading;
import vigie.recorder.MissLoader;
import vigie.recorder.RecorderCatalog;
import vigie.recorder.RecorderTable;
import vigie.recorder.TableShape;
import vigie.room.Group;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Faults that no server at hand makes when asked, on recorded and hand-made bytes. */
@ExtendWith(FaultTable.class)
class ByteFaultTest {
    private static final int MAGIC = 4;
    private static final int HEADER = 19;
    private static final String LOG = "2026.11/binlog.000002.gz";

    private static GroupAssembler assembler(List<Group> groups) throws IOException {
        Map<RecorderTable, TableShape> shapes = Recorded.schema("schema-53.sql");
        return new GroupAssembler(
                "homeassistant",
                Optional.empty(),
                Shapes.among(List.of(shapes)),
                new RecorderCatalog(MissLoader.NONE),
                GtidPosition.NONE,
                Recorded.into(groups));
    }

    /**
     * On recorded bytes, since a real connection cannot be cut at each of them in reasonable time;
     * {@code ServerFaultTest} cuts real ones at random.
     */
    @Test
    void row_06_a_group_broken_off_at_any_of_its_bytes_is_not_handed_out()
            throws IOException, StreamFault {
        byte[] log = Recorded.open(LOG).readAllBytes();
        // The smallest group with rows of states, and all before the first group: the heads.
        int heads = nextGroup(log, MAGIC);
        byte[] piece = new byte[0];
        for (int at = heads, next; at < log.length; at = next) {
            next = nextGroup(log, at + HEADER);
            byte[] with = new byte[heads + next - at];
            System.arraycopy(log, 0, with, 0, heads);
            System.arraycopy(log, at, with, heads, next - at);
            if ((piece.length == 0 || with.length < piece.length) && !read(with).isEmpty()) {
                piece = with;
            }
        }
        assertThat(piece).isNotEmpty();
        List<Group> whole = read(piece);
        assertThat(whole).hasSize(1);
        for (int length = heads; length < piece.length; length++) {
            assertThat(read(Arrays.copyOf(piece, length))).as("cut at %d", length).isEmpty();
        }
    }

    private static int nextGroup(byte[] log, int from) {
        int at = MAGIC;
        while (at < log.length && (at < from || (log[at + 4] & 0xff) != BinlogEvent.GTID)) {
            at += (int) LittleEndian.unsigned(log, at + 9, 4);
        }
        return at;
    }

    private static List<Group> read(byte[] log) throws IOException, StreamFault {
        List<Group> groups = new ArrayList<>();
        try {
            BinlogFile.read(new ByteArrayInputStream(log), assembler(groups));
        } catch (IOException brokenOff) {
            assertThat(brokenOff).isNotNull();
        }
        return groups;
    }

    /** Hand-made: the types in use today are all known. */
    @Test
    void row_16_an_event_of_an_unknown_type_stops_the_feed_and_is_named() throws Exception {
        GroupAssembler assembler = assembler(new ArrayList<>());
        for (int type : new int[] {172, 200}) {
            BinlogEvent event = new BinlogEvent();
            event.lay(type, 0, 0, 1, new byte[30], 0, 30);
            assertThatThrownBy(() -> assembler.accept(event))
                    .isInstanceOfSatisfying(
                            StreamFault.class,
                            fault -> {
                                assertThat(fault.remedy()).isEqualTo(StreamFault.Remedy.PERSON);
                                assertThat(fault.sentence().values().toString())
                                        .contains(Integer.toString(type));
                            });
        }
        BinlogEvent ignorable = new BinlogEvent();
        ignorable.lay(200, BinlogEvent.FLAG_IGNORABLE, 0, 1, new byte[30], 0, 30);
        assembler.accept(ignorable);
    }

    /** Recorded: Home Assistant 2025.4.4 taking its tables from schema 42 to 50. */
    @Test
    void row_24_a_recorded_migration_loses_no_row() throws IOException, StreamFault {
        List<Reading> readings =
                Recorded.readings(
                        Recorded.groups(
                                List.of("2025.4-migration/binlog.000007.gz"),
                                List.of(
                                        "2025.4-migration/schema-42.sql",
                                        "2025.4-migration/schema-50-migrated.sql")));
        long first = readings.getFirst().id().orElseThrow();
        assertThat(readings).hasSizeGreaterThan(100);
        for (int i = 0; i < readings.size(); i++) {
            assertThat(readings.get(i).id()).hasValue(first + i);
        }
    }

    /** Another JVM, because the charset is a JVM's for its life. */
    @Test
    void row_37_umlauts_are_read_under_a_charset_that_has_them_elsewhere()
            throws IOException, StreamFault, InterruptedException {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Dfile.encoding=windows-1252",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                Elsewhere.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<String> said;
        try (BufferedReader output = child.inputReader(StandardCharsets.US_ASCII)) {
            said = output.lines().toList();
        }
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).first().isEqualTo("windows-1252");
        List<String> here = Elsewhere.texts();
        assertThat(here).anyMatch(text -> text.contains("\\u"));
        assertThat(said.subList(1, said.size())).isEqualTo(here);
    }

    /** Prints what it reads from a recorded log, in ASCII. */
    static final class Elsewhere {
        private Elsewhere() {}

        public static void main(String[] words) throws IOException, StreamFault {
            StringBuilder all = new StringBuilder(Charset.defaultCharset().name()).append('\n');
            texts().forEach(text -> all.append(text).append('\n'));
            System.out.write(all.toString().getBytes(StandardCharsets.US_ASCII));
            System.out.flush();
        }

        static List<String> texts() throws IOException, StreamFault {
            return Recorded.readings(
                            Recorded.groups(
                                    List.of("shapes/unicode-defaults.binlog.gz"),
                                    List.of("2025.4-migration/schema-42.sql")))
                    .stream()
                    .map(reading ->
                            ascii(reading.point().name())
                                    + " "
                                    + ascii(String.valueOf(reading.text()))
                                    + " "
                                    + ascii(reading.attributes().unit().orElse("")))
                    .toList();
        }

        private static String ascii(String text) {
            StringBuilder escaped = new StringBuilder();
            text.chars()
                    .forEach(c -> {
                        if (c >= ' ' && c < 0x7f) {
                            escaped.append((char) c);
                        } else {
                            escaped.append("\\u").append(Integer.toHexString(c));
                        }
                    });
            return escaped.toString();
        }
    }
}
