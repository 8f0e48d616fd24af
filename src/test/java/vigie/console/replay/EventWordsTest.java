package vigie.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.console.FakeRoom;
import vigie.console.words.RoomZone;
import vigie.plan.Deviation;
import vigie.point.DisplayUnits;
import vigie.point.PointId;
import vigie.text.Words;
import vigie.timeline.Occurrence;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

class EventWordsTest {
    private static final Occurrence HOT =
            new Occurrence(
                    Occurrence.Kind.LIMIT,
                    FakeRoom.NOW,
                    Optional.empty(),
                    Duration.ZERO,
                    Optional.empty(),
                    Optional.of(new PointId("sensor.rack_a4_inlet_top")),
                    Deviation.WARNING,
                    OptionalDouble.of(27.5),
                    OptionalDouble.of(27),
                    "°C",
                    null,
                    null);

    @Test
    void a_crossed_limit_is_told_in_the_reader_s_unit() {
        assertThat(said(Locale.UK)).contains("27.5\u00A0°C").contains("27\u00A0°C");
        assertThat(said(DisplayUnits.FAHRENHEIT.in(Locale.FRANCE)))
                .contains("81,5\u00A0°F")
                .contains("80,6\u00A0°F")
                .doesNotContain("°C");
    }

    private static String said(Locale locale) {
        FakeRoom room = new FakeRoom();
        return new EventWords(room.plan(), RoomZone.figures(Words.in(locale), room.plan()))
                .row(HOT, FakeRoom.NOW)
                .what();
    }
}
