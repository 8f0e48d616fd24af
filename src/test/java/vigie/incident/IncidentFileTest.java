package vigie.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.bench.IncidentMaking;
import vigie.history.Work;
import vigie.note.Note;
import vigie.plan.Deviation;
import vigie.plan.ElementId;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.point.PointId;
import vigie.recording.Basis;
import vigie.recording.Reel;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;
import vigie.timeline.Occurrence;
import vigie.timeline.Recorded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

class IncidentFileTest {
    private static final Instant START = Instant.parse("2026-03-04T02:00:00Z");
    private static final Instant FROM = START.plusSeconds(1_500);
    private static final Instant TO = START.plusSeconds(3_000);
    private static final Plan PLAN = PlanFile.builtIn();
    private static final Note NOTE =
            new Note(
                    UUID.fromString("c8b4a0f3-6f39-4b1c-9d52-5a1a0f1f2e11"),
                    FROM.plusSeconds(60),
                    FROM.plusSeconds(90),
                    "Ada",
                    "Fan of unit 1\nstopped 🌡 \"really\"",
                    Optional.of("crac-1"));

    @TempDir private static Path folder;
    private static byte[] good;
    private static Recorded past;

    /** Tells what happened too. */
    private static final class Eventful implements Recorded {
        private final Recorded inner;

        Eventful(Recorded inner) {
            this.inner = inner;
        }

        @Override
        public Optional<Extent> extent(Work work) throws Fault {
            return inner.extent(work);
        }

        @Override
        public Reel at(Instant at, Basis basis, Work work) throws Fault {
            return inner.at(at, basis, work);
        }

        @Override
        public Reel reel(Instant at, Basis basis, Work work) throws Fault {
            return inner.reel(at, basis, work);
        }

        @Override
        public void occurrences(Instant from, Instant to, Work work, Consumer<Occurrence> each) {
            each.accept(limit());
            each.accept(Notes.occurrence(NOTE));
        }

        @Override
        public Optional<Sentence> knownThenMissing(Work work) throws Fault {
            return inner.knownThenMissing(work);
        }
    }

    private static Occurrence limit() {
        return new Occurrence(
                Occurrence.Kind.LIMIT,
                FROM.plusSeconds(30),
                Optional.of(FROM.plusSeconds(300)),
                Duration.ofMinutes(5),
                Optional.of(new ElementId("a1")),
                Optional.of(new PointId("sensor.rack_a1_inlet_top")),
                Deviation.WARNING,
                OptionalDouble.of(27.3),
                OptionalDouble.of(27),
                "°C",
                null,
                null);
    }

    @BeforeAll
    static void save() throws Exception {
        past = new Eventful(new IncidentMaking(PLAN, 30, START, START.plusSeconds(7_200), true));
        Path file = folder.resolve("good.vigie");
        write(past, file, Duration.ofMinutes(10));
        good = Files.readAllBytes(file);
    }

    private static Manifest write(Recorded recorded, Path file, Duration leadIn) throws Fault {
        return IncidentWriter.write(
                recorded, PLAN, List.of(NOTE), FROM, TO, leadIn, file, _ -> {}, new Work());
    }

    @Test
    void every_moment_is_told_as_the_past_it_was_saved_from_tells_it() throws Exception {
        Work work = new Work();
        try (IncidentFile file = IncidentFile.open(folder.resolve("good.vigie"))) {
            IncidentRecorded recorded = file.recorded();
            assertThat(recorded.extent(work))
                    .contains(new Recorded.Extent(FROM.minusSeconds(600), TO));
            assertThat(recorded.knownThenMissing(work)).isEmpty();
            Random random = new Random(1);
            for (int i = 0; i < 60; i++) {
                Basis basis = random.nextBoolean() ? Basis.KNOWN_NOW : Basis.KNOWN_THEN;
                Instant at = FROM.minusSeconds(600).plusMillis(random.nextInt(2_100_001));
                assertThat(recorded.reel(at, basis, work).at(at))
                        .as("%s %s", basis, at)
                        .isEqualTo(past.reel(at, basis, work).at(at));
                Reel moment = recorded.at(at, basis, work);
                assertThat(moment.at(at)).isEqualTo(recorded.reel(at, basis, work).at(at));
                assertThat(moment.from()).isEqualTo(at).isEqualTo(moment.to());
            }
            assertThat(recorded.at(TO.plusSeconds(99), Basis.KNOWN_NOW, work).from()).isEqualTo(TO);
            assertThat(recorded.at(START, Basis.KNOWN_NOW, work).at(START).size()).isZero();
        }
    }

    @Test
    void plan_notes_and_what_happened_come_back_as_they_were() throws Exception {
        try (IncidentFile file = IncidentFile.open(folder.resolve("good.vigie"))) {
            assertThat(file.plan()).isEqualTo(PLAN);
            assertThat(file.notes()).containsExactly(NOTE);
            assertThat(file.occurrences()).containsExactly(limit(), Notes.occurrence(NOTE));
            List<Occurrence> some = new ArrayList<>();
            file.recorded().occurrences(FROM.plusSeconds(200), TO, new Work(), some::add);
            assertThat(some).containsExactly(limit());
            Manifest manifest = file.manifest();
            assertThat(manifest.leadIn()).isEqualTo(Duration.ofMinutes(10));
            assertThat(manifest.zone().getId()).isEqualTo("Europe/Brussels");
            assertThat(manifest.readings()).isEqualTo(30 * 210);
            List<Double> shares = new ArrayList<>();
            file.verify(shares::add, new Work());
            assertThat(shares).isSorted().endsWith(1.0);
        }
    }

    @Test
    void the_longest_note_comes_back() throws Exception {
        Note longest =
                new Note(
                        new UUID(3, 4),
                        FROM,
                        FROM,
                        "é".repeat(Note.LONGEST_AUTHOR),
                        "🌡".repeat(Note.LONGEST_TEXT),
                        Optional.empty());
        Path file = folder.resolve("longest.vigie");
        IncidentWriter.write(
                past,
                PLAN,
                List.of(NOTE, longest),
                FROM,
                TO,
                Duration.ZERO,
                file,
                _ -> {},
                new Work());
        try (IncidentFile open = IncidentFile.open(file)) {
            assertThat(open.notes()).containsExactly(longest, NOTE);
        }
    }

    @Test
    void the_same_past_gives_the_same_bytes() throws Exception {
        Path again = folder.resolve("again.vigie");
        write(past, again, Duration.ofMinutes(10));
        assertThat(Files.readAllBytes(again)).isEqualTo(good);
    }

    @Test
    void without_an_archive_only_what_is_known_now_is_told_and_the_file_says_so() throws Exception {
        Path file = folder.resolve("now.vigie");
        write(
                new IncidentMaking(PLAN, 5, START, START.plusSeconds(7_200), false),
                file,
                Duration.ZERO);
        try (IncidentFile open = IncidentFile.open(file)) {
            assertThat(open.manifest().bases()).containsExactly(Basis.KNOWN_NOW);
            assertThat(open.recorded().knownThenMissing(new Work())).isPresent();
            Reel reel = open.recorded().reel(FROM, Basis.KNOWN_THEN, new Work());
            assertThat(reel.basis()).isEqualTo(Basis.KNOWN_NOW);
        }
    }

    @Test
    void what_lies_outside_of_all_records_is_left_out() throws Exception {
        Path file = folder.resolve("short.vigie");
        Manifest manifest =
                IncidentWriter.write(
                        new IncidentMaking(PLAN, 5, FROM, FROM.plusSeconds(100), true),
                        PLAN,
                        List.of(),
                        FROM.minusSeconds(500),
                        FROM.plusSeconds(500),
                        Duration.ofMinutes(10),
                        file,
                        _ -> {},
                        new Work());
        assertThat(List.of(manifest.begins(), manifest.from(), manifest.to()))
                .containsExactly(FROM, FROM, FROM.plusSeconds(100));
        IncidentMaking later = new IncidentMaking(PLAN, 5, TO, TO.plusSeconds(100), true);
        assertRefused("nothing", () -> write(later, folder.resolve("no"), Duration.ZERO));
    }

    @Test
    void a_file_that_was_cancelled_or_failed_is_not_there_and_the_old_one_stays() throws Exception {
        Path file = Files.writeString(folder.resolve("old.vigie"), "old");
        Work work = new Work();
        assertThatThrownBy(() ->
                        IncidentWriter.write(
                                past,
                                PLAN,
                                List.of(),
                                FROM,
                                TO,
                                Duration.ZERO,
                                file,
                                share -> {
                                    if (share > 0.3) {
                                        work.cancel();
                                    }
                                },
                                work))
                .isInstanceOf(CancellationException.class);
        assertThat(file).hasContent("old");
        assertRefused("isFolder", () -> write(past, folder, Duration.ZERO));
        assertRefused(
                "unwritable", () -> write(past, folder.resolve("none/x.vigie"), Duration.ZERO));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(Path::toString)).noneMatch(name -> name.endsWith(".unfinished"));
        }
    }

    @Test
    void any_changed_byte_is_found() throws Exception {
        Path file = folder.resolve("changed.vigie");
        Random random = new Random(2);
        for (int i = 0; i < 400; i++) {
            byte[] changed = good.clone();
            int place =
                    switch (i % 3) {
                        case 0 -> i / 3;
                        case 1 -> good.length - 1 - i / 3;
                        default -> random.nextInt(good.length);
                    };
            changed[place] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, changed);
            assertRefused(null, () -> IncidentFile.open(file).close());
        }
    }

    @Test
    void a_file_of_which_an_end_is_missing_says_so() throws Exception {
        Path file = folder.resolve("cut.vigie");
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            int length = 60 + random.nextInt(good.length - 60);
            Files.write(file, Arrays.copyOf(good, length));
            assertRefused("truncated", () -> IncidentFile.open(file).close());
        }
        Files.write(file, Arrays.copyOf(good, good.length + 7));
        assertRefused("truncated", () -> IncidentFile.open(file).close());
    }

    @Test
    void what_is_no_incident_file_says_so() throws Exception {
        Path file = folder.resolve("other");
        Files.write(file, new byte[0]);
        assertRefused("notIncident", () -> IncidentFile.open(file).close());
        Files.writeString(file, "{\"format\": \"vigie-plan\"}".repeat(100));
        assertRefused("notIncident", () -> IncidentFile.open(file).close());
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(other)) {
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            zip.write(new byte[1_000]);
        }
        Files.write(file, other.toByteArray());
        assertRefused("notIncident", () -> IncidentFile.open(file).close());
        assertRefused("isFolder", () -> IncidentFile.open(folder).close());
        assertRefused("noFile", () -> IncidentFile.open(folder.resolve("none")).close());
        assertRefused("notAFile", () -> IncidentFile.open(Path.of("/dev/null")).close());
    }

    @Test
    void a_name_that_leads_nowhere_is_no_damage() throws Exception {
        Path file = Files.write(folder.resolve("a.vigie"), good);
        assertRefused("notReadable", () -> IncidentFile.open(file.resolve("b.vigie")));
        assertRefused("notReadable", () -> IncidentFile.open(folder.resolve("n".repeat(400))));
    }

    @Test
    void a_newer_version_names_the_vigie_that_reads_it() throws Exception {
        Forged newer = Forged.from(good);
        newer.parts.put(
                Format.MARK,
                "vigie-incident 2\nneeds Vigie 0.9.1\n".getBytes(StandardCharsets.US_ASCII));
        newer.parts.remove(Format.ALARMS);
        Path file = newer.write(folder.resolve("newer.vigie"));
        assertThatThrownBy(() -> IncidentFile.open(file))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault ->
                                assertThat(Words.in(Locale.UK).say(fault.sentence()))
                                        .startsWith(file + " is of version 2, which this Vigie ")
                                        .endsWith("open it with Vigie 0.9.1 or later."));
    }

    @Test
    void a_part_that_is_not_listed_or_wanders_is_refused() throws Exception {
        for (String name : List.of("../../evil", "/etc/passwd", "now/../x", "C:\\x", "now/")) {
            Forged more = Forged.from(good);
            more.parts.put(name, new byte[10]);
            assertForged(more.listed());
            ObjectNode manifest = more.json(Format.MANIFEST);
            ((ObjectNode) manifest.withArray("parts").get(1)).put("name", name);
            more.put(Format.MANIFEST, manifest);
            more.parts.remove(Format.PLAN);
            assertForged(more.listed());
        }
        assertThat(folder.resolveSibling("evil")).doesNotExist();
    }

    @Test
    void a_part_that_is_there_twice_is_refused() throws Exception {
        Forged twice = Forged.from(good);
        twice.parts.put("plan.jsoX", "{}".getBytes(StandardCharsets.US_ASCII));
        String bytes = new String(twice.bytes(), StandardCharsets.ISO_8859_1);
        byte[] same = bytes.replace("plan.jsoX", Format.PLAN).getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("twice.vigie"), Forged.sealed(same));
        assertRefused("wrong", () -> IncidentFile.open(file).close());
    }

    @Test
    void a_bomb_does_not_go_off() throws Exception {
        for (String name : List.of(Format.PLAN, Format.MANIFEST, "now/00001.reel")) {
            Forged bomb = Forged.from(good);
            bomb.parts.put(name, new byte[300_000_000]);
            if (!name.equals(Format.MANIFEST)) {
                bomb.listed();
            }
            assertForged(bomb);
            if (!name.equals(Format.MANIFEST)) {
                // It says that it is small.
                ObjectNode manifest = bomb.json(Format.MANIFEST);
                manifest.withArray("parts").forEach(part -> ((ObjectNode) part).put("bytes", 100));
                bomb.put(Format.MANIFEST, manifest);
                assertForged(bomb);
            }
        }
    }

    @Test
    void more_parts_than_there_may_be_are_refused_before_they_are_looked_at() throws Exception {
        Forged many = Forged.from(good);
        for (int i = 0; i < Format.MOST_PARTS; i++) {
            many.parts.put("x" + i, new byte[0]);
        }
        assertForged(many);
    }

    @Test
    void json_that_is_broken_deep_or_without_measure_is_refused() throws Exception {
        String[] texts = {
            "",
            "{",
            "null",
            "[]",
            "{}",
            "{\"notes\":{}}",
            "{\"notes\":[],\"notes\":[]}",
            "{\"notes\":[" + "[".repeat(5_000) + "]".repeat(5_000) + "]}",
            "{\"notes\":[" + "1,".repeat(2_000_000) + "1]}",
            "{\"notes\":[{\"id\":\"" + "x".repeat(3_000_000) + "\"}]}",
            "{\"notes\":[]} {}"
        };
        for (String name : List.of(Format.NOTES, Format.OCCURRENCES, Format.PLAN, Format.ALARMS)) {
            for (String text : texts) {
                Forged forged = Forged.from(good);
                forged.parts.put(name, text.getBytes(StandardCharsets.UTF_8));
                assertForged(forged.listed());
            }
        }
        for (String text : texts) {
            Forged forged = Forged.from(good);
            forged.parts.put(Format.MANIFEST, text.getBytes(StandardCharsets.UTF_8));
            assertForged(forged);
        }
    }

    @Test
    void a_reel_of_another_time_or_with_a_hole_after_it_is_refused() throws Exception {
        Forged swapped = Forged.from(good);
        byte[] first = swapped.parts.get("now/00000.reel");
        swapped.parts.put("now/00000.reel", swapped.parts.get("now/00001.reel"));
        swapped.parts.put("now/00001.reel", first);
        assertForged(swapped.listed());
        Forged then = Forged.from(good);
        then.parts.put("now/00001.reel", then.parts.get("then/00001.reel"));
        assertForged(then.listed());
        Forged hole = Forged.from(good);
        ObjectNode manifest = hole.json(Format.MANIFEST);
        ((ObjectNode) manifest.withArray("parts").get(3))
                .put("from", FROM.plusSeconds(400).toString());
        hole.put(Format.MANIFEST, manifest);
        assertForged(hole.listed());
    }

    @Test
    void nothing_that_a_stranger_writes_is_more_than_a_sentence() throws Exception {
        Random random = new Random(4);
        Path file = folder.resolve("fuzz.vigie");
        List<String> names = List.copyOf(Forged.from(good).parts.keySet());
        int opened = 0;
        for (int i = 0; i < 600; i++) {
            Forged forged = Forged.from(good);
            String name = names.get(random.nextInt(names.size()));
            byte[] bytes = forged.part(name).clone();
            for (int n = random.nextInt(6); n >= 0; n--) {
                int place = random.nextInt(Math.min(bytes.length, 1 << (4 + random.nextInt(20))));
                bytes[place] =
                        random.nextBoolean()
                                ? (byte) random.nextInt(256)
                                : (byte) "0123456789\"{}[],:-eE".charAt(random.nextInt(20));
            }
            forged.parts.put(name, bytes);
            if (!name.equals(Format.MANIFEST)) {
                forged.listed();
            }
            byte[] whole = forged.bytes();
            if (random.nextInt(4) == 0) {
                whole[random.nextInt(whole.length)] = (byte) random.nextInt(256);
                whole = Forged.sealed(whole);
            }
            Files.write(file, whole);
            try (IncidentFile open = IncidentFile.open(file)) {
                open.verify(_ -> {}, new Work());
                open.recorded().at(FROM, Basis.KNOWN_NOW, new Work());
                opened++;
            } catch (Fault fault) {
                assertThat(Words.in(Locale.FRENCH).say(fault.sentence())).isNotBlank();
            }
        }
        assertThat(opened).isBetween(1, 500);
    }

    private static void assertForged(Forged forged) throws IOException {
        Path file = forged.write(folder.resolve("forged.vigie"));
        assertRefused(
                null,
                () -> {
                    try (IncidentFile open = IncidentFile.open(file)) {
                        open.verify(_ -> {}, new Work());
                    }
                });
    }

    @FunctionalInterface
    private interface Act {
        void run() throws Exception;
    }

    /** One sentence, in both languages. */
    private static void assertRefused(@Nullable String key, Act act) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            if (key != null) {
                                assertThat(fault.sentence().key()).isEqualTo("incident." + key);
                            }
                            for (Locale language : Words.LANGUAGES) {
                                assertThat(Words.in(language).say(fault.sentence()))
                                        .isNotBlank()
                                        .doesNotContain("\n");
                            }
                        });
    }
}
