package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

import vigie.duty.ArchiveSettings;
import vigie.history.archive.RolledPoints;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Words;
import vigie.timeline.Timeline;

import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

class WallSourceTest {
    private static final String FIRST = "mysql://vigie@127.0.0.1:1/homeassistant";
    private static final String SECOND = "mysql://vigie@127.0.0.1:2/homeassistant";

    private final List<String> served = new ArrayList<>();
    private final List<Integer> kept = new ArrayList<>();
    private String said = "";
    private int days = 90;

    @Test
    void a_wall_without_an_address_asks_again_and_takes_the_duty_when_there_is_one()
            throws Exception {
        try (WallSource source = source()) {
            assertThatExceptionOfType(Fault.class).isThrownBy(source::open);
            assertThat(served).isEmpty();
            said = FIRST;
            try (Timeline timeline = source.open()) {
                assertThat(timeline.moment().feed().isLive()).isFalse();
            }
            assertThat(served).containsExactly("127.0.0.1:1 vigie");
        }
    }

    @Test
    void the_duty_is_kept_over_attempts_and_taken_anew_at_another_address() throws Exception {
        try (WallSource source = source()) {
            for (String address : List.of(FIRST, FIRST, SECOND, SECOND)) {
                said = address;
                source.open().close();
            }
            assertThat(served).containsExactly("127.0.0.1:1 vigie", "127.0.0.1:2 vigie");
        }
    }

    @Test
    void another_archive_is_kept_from_the_next_look_on_without_another_timeline() throws Exception {
        try (WallSource source = source()) {
            source.settle();
            assertThat(kept).isEmpty();
            said = FIRST;
            source.open().close();
            source.settle();
            days = 30;
            source.settle();
            source.settle();
            assertThat(kept).containsExactly(90, 30);
        }
    }

    @Test
    void only_another_address_than_the_one_followed_is_elsewhere() throws Exception {
        try (WallSource source = source()) {
            Optional<DatabaseAddress> second = Optional.of(DatabaseAddress.required(SECOND));
            assertThat(source.isElsewhere(second)).isFalse();
            said = FIRST;
            source.open().close();
            assertThat(source.isElsewhere(second)).isTrue();
            assertThat(source.isElsewhere(Optional.of(DatabaseAddress.required(FIRST)))).isFalse();
            assertThat(source.isElsewhere(Optional.empty())).isFalse();
        }
    }

    private WallSource source() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        return new WallSource(
                new Invocation(Map.of(), Words.in(Locale.UK), nowhere, nowhere),
                () -> DatabaseAddress.required(said),
                () -> new ArchiveSettings(days, new RolledPoints(List.of())),
                (address, own, archive) -> {
                    kept.add(archive.rawDays());
                    served.add(address.hosts().getFirst() + " " + own.schema());
                    return new OnDuty(Optional.empty(), Optional.empty());
                },
                Clock.systemUTC());
    }
}
