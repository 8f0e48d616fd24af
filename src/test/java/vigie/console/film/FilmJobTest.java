package vigie.console.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

import vigie.console.picture.Png;
import vigie.console.start.PixelSize;
import vigie.history.Work;
import vigie.recording.Basis;
import vigie.text.Fault;
import vigie.text.Words;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

class FilmJobTest {
    private static final Instant FROM = RecordedDay.FAILURE.minusSeconds(300);
    private static final PixelSize SIZE = new PixelSize(960, 640);

    private final RecordedDay day = new RecordedDay();
    private final Work work = new Work();

    @TempDir private Path folder;

    @BeforeAll
    static void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private static FilmOrder order(Path file, Duration length, double speed) {
        return new FilmOrder(FROM, FROM.plus(length), Basis.KNOWN_NOW, speed, 10, SIZE, file);
    }

    private Film make(FilmOrder order) throws Fault, InterruptedException {
        return FilmJob.run(day, day.plan(), Words.in(Locale.ENGLISH), order, share -> {}, work);
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_film_shows_its_interval_in_frames_of_equal_length() throws Exception {
        Path file = folder.resolve("night.gif");
        List<Double> told = new ArrayList<>();
        Film film =
                FilmJob.run(
                        day,
                        day.plan(),
                        Words.in(Locale.ENGLISH),
                        order(file, Duration.ofMinutes(20), 600),
                        told::add,
                        work);
        GifReader read = GifReader.read(file);
        assertThat(film.frames()).isEqualTo(21);
        assertThat(read.frames).hasSize(21);
        assertThat(read.frames).extracting(GifReader.Seen::hundredths).containsOnly(10);
        assertThat(read.width).isEqualTo(SIZE.width());
        assertThat(film.bytes()).isEqualTo(Files.size(file));
        assertThat(told).hasSize(21).isSorted().last().isEqualTo(1.0);
        assertThat(left()).containsExactly("night.gif");
        assertThat(film.readings()).isGreaterThanOrEqualTo(20L * day.plan().placements().size());
    }

    @Test
    void a_frame_is_the_same_whether_it_was_played_to_or_begun_at() throws Exception {
        Path played = folder.resolve("played.gif");
        Path begun = folder.resolve("begun.gif");
        make(order(played, Duration.ofMinutes(30), 600));
        Instant last = FROM.plusSeconds(30 * 60);
        FilmOrder still =
                new FilmOrder(last, last.plusSeconds(1), Basis.KNOWN_NOW, 600, 10, SIZE, begun);
        make(still);
        int[] one = GifReader.read(played).frames.getLast().pixels();
        int[] other = GifReader.read(begun).frames.getFirst().pixels();
        int far = 0;
        for (int i = 0; i < one.length; i++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                far += Math.abs((one[i] >> shift & 255) - (other[i] >> shift & 255)) > 40 ? 1 : 0;
            }
        }
        assertThat(far).isZero();
    }

    @Test
    void a_folder_takes_numbered_pictures_and_keeps_what_else_is_there() throws Exception {
        Files.writeString(folder.resolve("mine.txt"), "mine");
        Film film = make(order(folder, Duration.ofMinutes(4), 600));
        assertThat(film.frames()).isEqualTo(5);
        assertThat(left())
                .containsExactly(
                        "frame-000001.png",
                        "frame-000002.png",
                        "frame-000003.png",
                        "frame-000004.png",
                        "frame-000005.png",
                        "mine.txt");
        assertThat(Png.texts(folder.resolve("frame-000005.png"))).containsKey("Software");
        assertThat(Files.readAllBytes(folder.resolve("frame-000001.png")))
                .isNotEqualTo(Files.readAllBytes(folder.resolve("frame-000005.png")));
    }

    @Test
    void nothing_is_left_of_a_film_that_is_cancelled() throws Exception {
        Path file = folder.resolve("night.gif");
        Files.writeString(file, "the film of before");
        for (Path place : List.of(file, folder.resolve("frames"))) {
            FilmOrder order = order(place, Duration.ofHours(2), 600);
            if (!order.isFolder() && !order.isKnownKind()) {
                Files.createDirectory(place);
            }
            Work cancelled = new Work();
            List<Double> told = new ArrayList<>();
            assertThatThrownBy(() ->
                            FilmJob.run(
                                    day,
                                    day.plan(),
                                    Words.in(Locale.ENGLISH),
                                    order,
                                    share -> {
                                        told.add(share);
                                        if (told.size() == 3) {
                                            cancelled.cancel();
                                        }
                                    },
                                    cancelled))
                    .isInstanceOf(CancellationException.class);
            assertThat(told).hasSize(3);
        }
        assertThat(left()).containsExactly("frames", "night.gif");
        assertThat(folder.resolve("frames")).isEmptyDirectory();
        assertThat(file).hasContent("the film of before");
    }

    @Test
    void a_folder_that_was_made_for_a_cancelled_film_goes_with_it() throws Exception {
        Path place = folder.resolve("new");
        FilmOrder order =
                new FilmOrder(
                        FROM,
                        FROM.plus(Duration.ofHours(2)),
                        Basis.KNOWN_NOW,
                        600,
                        10,
                        SIZE,
                        place,
                        true);
        Work cancelled = new Work();
        assertThatThrownBy(() ->
                        FilmJob.run(
                                day,
                                day.plan(),
                                Words.in(Locale.ENGLISH),
                                order,
                                share -> cancelled.cancel(),
                                cancelled))
                .isInstanceOf(CancellationException.class);
        assertThat(left()).isEmpty();
    }

    @Test
    void nothing_is_left_where_the_program_ends_meanwhile() throws Exception {
        Process program =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                EndsMeanwhile.class.getName(),
                                folder.resolve("night.gif").toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(program.getInputStream().readAllBytes(), UTF_8);
        assertThat(program.waitFor()).as(said).isZero();
        assertThat(said).contains("begun 1");
        assertThat(left()).isEmpty();
    }

    /** A program that ends while it makes a film. */
    static final class EndsMeanwhile {
        private EndsMeanwhile() {}

        public static void main(String[] words) throws Exception {
            Path place = Path.of(words[0]);
            FilmFile file =
                    FilmFile.open(
                            new FilmOrder(
                                    FROM,
                                    FROM.plusSeconds(60),
                                    Basis.KNOWN_NOW,
                                    60,
                                    10,
                                    SIZE,
                                    place));
            file.add(new int[SIZE.width() * SIZE.height()]);
            try (var files = Files.list(place.getParent())) {
                System.out.println("begun " + files.count());
            }
            System.exit(0);
        }
    }

    @Test
    void nothing_is_left_where_the_past_cannot_be_read() throws Exception {
        day.broken = true;
        assertThatThrownBy(() -> make(order(folder.resolve("night.gif"), Duration.ofHours(2), 600)))
                .isInstanceOf(Fault.class);
        assertThat(left()).isEmpty();
    }

    @Test
    void what_cannot_be_written_or_would_be_endless_is_a_sentence() {
        assertThatThrownBy(() ->
                        make(order(folder.resolve("no/such/night.gif"), Duration.ofHours(1), 60)))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.sentence().key()).isEqualTo("film.unwritable"));
        assertThatThrownBy(
                        () -> make(order(folder.resolve("night.gif"), Duration.ofDays(900), 600)))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.sentence().key()).isEqualTo("film.too-long"));
        assertThatThrownBy(() -> make(order(folder.resolve("night.mp4"), Duration.ofHours(1), 600)))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.sentence().key()).isEqualTo("film.kind"));
    }

    @Test
    void the_text_of_a_frame_stays_legible() throws Exception {
        Path file = folder.resolve("night.gif");
        make(order(file, Duration.ofMinutes(2), 600));
        int[] pixels = GifReader.read(file).frames.getFirst().pixels();
        // Light letters on the bar of the title: the palette kept both ends of their edges.
        int[] bar = Arrays.copyOfRange(pixels, SIZE.width() * 8, SIZE.width() * 40);
        long light = Arrays.stream(bar).filter(p -> (p >> 8 & 255) > 0xd0).count();
        long dark = Arrays.stream(bar).filter(p -> (p >> 8 & 255) < 0x38).count();
        assertThat(light).isGreaterThan(500);
        assertThat(dark).isGreaterThan(10_000);
    }

    @Test
    void a_speed_that_nobody_chose_makes_half_a_minute_at_most() {
        assertThat(FilmOrder.usualSpeed(FROM, FROM.plusSeconds(7))).isEqualTo(0.25);
        assertThat(FilmOrder.usualSpeed(FROM, FROM.plusSeconds(3600))).isEqualTo(120);
        assertThat(FilmOrder.usualSpeed(FROM, FROM.plusSeconds(864_000))).isEqualTo(3600);
    }
}
