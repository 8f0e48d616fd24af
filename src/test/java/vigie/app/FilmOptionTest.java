package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import vigie.console.film.FilmOrder;
import vigie.console.replay.Mode;
import vigie.console.replay.Start;
import vigie.console.start.PixelSize;
import vigie.recording.Basis;
import vigie.text.Fault;
import vigie.text.Words;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

class FilmOptionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final PixelSize SIZE = PixelSize.FULL_HD;

    @Test
    void without_its_words_no_film_is_made() throws Exception {
        FilmOption option = parsed();
        assertThat(option.isGiven()).isFalse();
        assertThat(option.order(interval(60), Optional.of(60.0), SIZE, NOW)).isEmpty();
    }

    @Test
    void the_interval_is_filmed_at_the_speed_of_the_call_in_usual_frames() throws Exception {
        FilmOption option = parsed("--film", "night.gif");
        assertThat(option.isGiven()).isTrue();
        assertThat(option.order(interval(60), Optional.of(240.0), SIZE, NOW))
                .contains(
                        new FilmOrder(
                                NOW.minus(Duration.ofHours(2)),
                                NOW.minus(Duration.ofHours(1)),
                                Basis.KNOWN_NOW,
                                240,
                                FilmOrder.USUAL_PER_SECOND,
                                SIZE,
                                Path.of("night.gif")));
    }

    @Test
    void without_a_speed_it_takes_half_a_minute_at_most() throws Exception {
        FilmOrder order =
                parsed("--film", "frames/", "--fps", "25")
                        .order(interval(60), Optional.empty(), SIZE, NOW)
                        .orElseThrow();
        assertThat(order.framesPerSecond()).isEqualTo(25);
        assertThat(order.isFolder()).as("a folder that is not there yet").isTrue();
        assertThat(order.speed()).isGreaterThanOrEqualTo(3600.0 / 30);
    }

    @Test
    void what_has_not_come_yet_is_not_filmed() throws Exception {
        FilmOrder order =
                parsed("--film", "f.gif")
                        .order(interval(600), Optional.of(60.0), SIZE, NOW)
                        .orElseThrow();
        assertThat(order.to()).isEqualTo(NOW);
    }

    @Test
    void a_film_needs_an_interval_and_a_moment_is_none() {
        FilmOption option = parsed("--film", "f.gif");
        Start still =
                new Start(Mode.REPLAY, NOW.minusSeconds(60), NOW, NOW.minusSeconds(9), 1, false);
        assertUsage(() -> option.order(Optional.empty(), Optional.empty(), SIZE, NOW), "--from");
        assertUsage(() -> option.order(Optional.of(still), Optional.empty(), SIZE, NOW), "--from");
    }

    @Test
    void frames_a_second_belong_to_a_film_and_are_one_to_twenty_five() {
        assertUsage(
                () -> parsed("--fps", "5").order(interval(60), Optional.empty(), SIZE, NOW),
                "--fps");
        for (String rate : new String[] {"0", "-3", "26"}) {
            assertUsage(
                    () ->
                            parsed("--film", "f.gif", "--fps", rate)
                                    .order(interval(60), Optional.empty(), SIZE, NOW),
                    rate);
        }
    }

    private static void assertUsage(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String said) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.kind()).isEqualTo(Fault.Kind.USAGE);
                            for (Locale language : new Locale[] {Locale.ENGLISH, Locale.FRENCH}) {
                                assertThat(Words.in(language).say(fault.sentence())).contains(said);
                            }
                        });
    }

    private static Optional<Start> interval(long minutes) {
        Instant from = NOW.minus(Duration.ofHours(2));
        return Optional.of(
                new Start(
                        Mode.REPLAY, from, from.plus(Duration.ofMinutes(minutes)), from, 1, true));
    }

    private static FilmOption parsed(String... words) {
        return CommandLine.populateCommand(new FilmOption(), words);
    }
}
