package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

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
    private String said = "";

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

    private WallSource source() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        return new WallSource(
                new Invocation(Map.of(), Words.in(Locale.UK), nowhere, nowhere),
                () -> DatabaseAddress.required(said),
                (address, own) -> {
                    served.add(address.hosts().getFirst() + " " + own.schema());
                    return new OnDuty(Optional.empty(), Optional.empty());
                },
                Clock.systemUTC());
    }
}
