package vigie.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.history.series.Grid;
import vigie.history.series.Tier;

import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class StretchTest {
    private static final long MINUTE = 60_000_000;
    private static final long HOUR = 60 * MINUTE;
    private static final Grid FIVE_MINUTES = Grid.of(5 * MINUTE);

    @Test
    void where_three_tiers_meet_within_one_hour_no_part_runs_backwards() throws SQLException {
        // Hourly statistics, five minutes of them from 5:25 to 5:50, then single rows.
        List<Stretch> parts =
                Stretch.divide(
                        FIVE_MINUTES,
                        5 * HOUR,
                        8 * HOUR,
                        List.of(
                                new Stretch(Tier.STATISTICS, 0, 5 * HOUR + 25 * MINUTE),
                                new Stretch(
                                        Tier.STATISTICS_SHORT,
                                        5 * HOUR + 25 * MINUTE,
                                        5 * HOUR + 50 * MINUTE),
                                new Stretch(Tier.STATES, 5 * HOUR + 50 * MINUTE, Long.MAX_VALUE)),
                        (from, to) -> false);
        assertThat(parts)
                .containsExactly(
                        new Stretch(Tier.STATISTICS, 5 * HOUR, 6 * HOUR),
                        new Stretch(Tier.STATES, 6 * HOUR, 8 * HOUR));
    }

    @Test
    void parts_follow_each_other_whatever_reaches_where() throws SQLException {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 2_000; round++) {
            List<Stretch> reaches = new ArrayList<>();
            for (Tier tier : Tier.values()) {
                if (random.nextBoolean()) {
                    long width = Math.max(1, tier.micros());
                    long from = random.nextLong(48 * HOUR) / width * width;
                    long to = from + (1 + random.nextLong(24 * HOUR) / width) * width;
                    reaches.add(new Stretch(tier, from, to));
                }
            }
            long from = random.nextLong(48 * HOUR);
            Grid grid =
                    Grid.fitting(
                            from,
                            from + 1 + random.nextLong(30 * HOUR),
                            1 + random.nextInt(200),
                            ZoneOffset.UTC);
            boolean few = random.nextBoolean();
            long at = Long.MIN_VALUE;
            for (Stretch part :
                    Stretch.divide(
                            grid,
                            grid.floor(from),
                            grid.ceiling(from + 20 * HOUR),
                            reaches,
                            (begin, end) -> few)) {
                assertThat(part.from()).isLessThan(part.to()).isGreaterThanOrEqualTo(at);
                at = part.to();
            }
        }
    }
}
