package vigie.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

class DefaultLimitsTest {
    @Test
    void every_default_is_in_order_and_unique() {
        for (Limits limits : DefaultLimits.all()) {
            List<Double> bounds =
                    Stream.of(
                                    limits.lowAlarm(),
                                    limits.lowWarning(),
                                    limits.highWarning(),
                                    limits.highAlarm())
                            .filter(OptionalDouble::isPresent)
                            .map(OptionalDouble::getAsDouble)
                            .toList();
            assertThat(bounds).isSorted();
            assertThat(bounds.isEmpty()).isEqualTo(limits.normal().isPresent());
            assertThat(DefaultLimits.of(limits.role(), limits.quantity())).containsSame(limits);
        }
    }

    @Test
    void people_may_move_and_doors_may_open() {
        assertThat(DefaultLimits.of(SensorRole.MOTION, Quantity.MOTION)).isEmpty();
        assertThat(DefaultLimits.of(SensorRole.DOOR, Quantity.OPEN)).isEmpty();
    }

    /** The page that people read names every default with its figures. */
    @Test
    void the_page_of_the_format_tells_the_same_defaults() throws IOException {
        String page = Files.readString(Path.of("docs/plan-format.md"));
        for (Limits limits : DefaultLimits.all()) {
            assertThat(page).contains(row(limits));
        }
    }

    private static String row(Limits limits) {
        if (limits.normal().isPresent()) {
            return "| `%s` | `%s` | normal `%s`, otherwise `%s` |"
                    .formatted(
                            limits.role().word(),
                            limits.quantity().word(),
                            limits.normal().get(),
                            limits.deviation().name().toLowerCase(Locale.ROOT));
        }
        return "| `%s` | `%s` | %s · %s · %s · %s %s |"
                .formatted(
                        limits.role().word(),
                        limits.quantity().word(),
                        bound(limits.lowAlarm()),
                        bound(limits.lowWarning()),
                        bound(limits.highWarning()),
                        bound(limits.highAlarm()),
                        limits.unit());
    }

    private static String bound(OptionalDouble bound) {
        return bound.isPresent() ? PlanWriter.number(bound.getAsDouble()) : "–";
    }
}
