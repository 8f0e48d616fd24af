package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import vigie.console.difference.Against;
import vigie.console.replay.Mode;
import vigie.console.replay.Start;
import vigie.text.Fault;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

class AgainstOptionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
    private static final Optional<Start> SHOWN =
            Optional.of(new Start(Mode.REPLAY, NOW.minusSeconds(60), NOW, NOW, 1, false));

    @Test
    void without_its_words_nothing_is_compared() throws Exception {
        assertThat(parsed().against(SHOWN, BRUSSELS, NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"90s,PT90S", "10m,PT10M", "24h,PT24H", "7d,PT168H", "2w,PT336H"})
    void a_distance_goes_back_from_what_is_shown(String said, Duration distance) throws Exception {
        assertThat(parsed("--against", said).against(SHOWN, BRUSSELS, NOW))
                .contains(new Against.Back(distance));
    }

    @Test
    void a_moment_stands_and_is_one_of_the_room_s_time() throws Exception {
        assertThat(parsed("--against", "2026-11-20 02:00").against(SHOWN, BRUSSELS, NOW))
                .contains(new Against.Fixed(Instant.parse("2026-11-20T01:00:00Z")));
        assertThat(parsed("--against", "now-36h").against(SHOWN, BRUSSELS, NOW))
                .contains(new Against.Fixed(NOW.minus(Duration.ofHours(36))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "24", "0h", "-3d", "24 h ago", ""})
    void anything_else_is_repeated_and_refused(String said) {
        assertThatThrownBy(() -> parsed("--against", said).against(SHOWN, BRUSSELS, NOW))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.kind()).isEqualTo(Fault.Kind.USAGE);
                            assertThat(fault.sentence().key())
                                    .isEqualTo("difference.against-wrong");
                        });
    }

    @Test
    void nothing_shown_cannot_be_held_against_anything() {
        assertThatThrownBy(
                        () -> parsed("--against", "24h").against(Optional.empty(), BRUSSELS, NOW))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault ->
                                assertThat(fault.sentence().key())
                                        .isEqualTo("difference.against-alone"));
    }

    private static AgainstOption parsed(String... words) {
        return CommandLine.populateCommand(new AgainstOption(), words);
    }
}
