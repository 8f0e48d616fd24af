package vigie.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import vigie.history.series.Bucket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The definition, by looking at everything each time. */
final class PlainSeries {
    private record Said(long time, double value, String unit, boolean reading) {}

    private final List<Said> said = new ArrayList<>();

    void reading(long time, double value, String unit) {
        said.add(new Said(time, value, unit, true));
    }

    void outage(long time) {
        int i = 0;
        while (i < said.size() && said.get(i).time() < time) {
            i++;
        }
        said.add(i, new Said(time, Double.NaN, "", false));
    }

    void compare(Bucket bucket, Optional<String> unit, long known) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double area = 0;
        long trusted = 0;
        int count = 0;
        double first = Double.NaN;
        double last = Double.NaN;
        for (int i = 0; i < said.size(); i++) {
            Said one = said.get(i);
            long until = i + 1 < said.size() ? said.get(i + 1).time() : Long.MAX_VALUE;
            long from = Math.max(one.time(), bucket.from());
            long to = Math.min(Math.min(until, bucket.to()), known);
            boolean inside = one.time() >= bucket.from() && one.time() < bucket.to();
            if (Double.isNaN(one.value()) || (to <= from && !inside)) {
                continue;
            }
            assertThat(unit).contains(one.unit());
            min = Math.min(min, one.value());
            max = Math.max(max, one.value());
            area += one.value() * Math.max(0, to - from);
            trusted += Math.max(0, to - from);
            count += inside ? 1 : 0;
            first = Double.isNaN(first) ? one.value() : first;
            last = one.value();
        }
        if (Double.isNaN(first)) {
            assertThat(bucket.isEmpty()).isTrue();
            assertThat(bucket.gap()).isEqualTo(1);
            return;
        }
        assertThat(bucket.min()).isEqualTo(min);
        assertThat(bucket.max()).isEqualTo(max);
        assertThat(bucket.first()).isEqualTo(first);
        assertThat(bucket.last()).isEqualTo(last);
        assertThat(bucket.count()).isEqualTo(count);
        // The present has moved on between the question and this look at the clock.
        long slack = known < bucket.to() ? 10_000_000L : 0;
        assertThat(bucket.trusted()).isCloseTo(trusted, within(slack));
        if (trusted > 0 && slack == 0) {
            assertThat(bucket.mean()).isCloseTo(area / trusted, within(1e-9));
        }
    }
}
