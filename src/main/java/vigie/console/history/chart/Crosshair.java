package vigie.console.history.chart;

import vigie.console.words.Figures;
import vigie.history.Times;
import vigie.history.series.Bucket;
import vigie.history.series.Tier;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands under the crosshair, in words.
 *
 * @param time local, with its distance from UTC
 * @param rows one for each curve and strip, in the chart's order
 */
public record Crosshair(String time, List<Row> rows) {
    /**
     * One point.
     *
     * @param name whose
     * @param value the mean or the reading; a dash where nothing is known
     * @param detail least and greatest, the compared value, where it comes from; may be empty
     * @param lane in which its curve is; −1 for strips
     * @param curve its index in the lane, or of the strip
     */
    public record Row(String name, String value, String detail, int lane, int curve) {}

    private static final long MICROS_PER_MILLI = 1_000;

    public Crosshair {
        rows = List.copyOf(rows);
    }

    /**
     * What a chart tells of a moment.
     *
     * @param perPixel microseconds of a pixel: a bucket no wider is as good as a reading
     */
    public static Crosshair at(long moment, Scene scene, double perPixel, Figures figures) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < scene.lanes().size(); i++) {
            Scene.Lane lane = scene.lanes().get(i);
            for (int j = 0; j < lane.curves().size(); j++) {
                rows.add(row(moment, scene, lane, i, j, perPixel, figures));
            }
        }
        for (int i = 0; i < scene.strips().size(); i++) {
            Scene.Strip strip = scene.strips().get(i);
            String text =
                    strip.spans().stream()
                            .filter(span -> span.from() <= moment && moment < span.to())
                            .findFirst()
                            .map(Scene.Span::text)
                            .orElse(Figures.NOTHING);
            rows.add(new Row(strip.name(), text, "", -1, i));
        }
        return new Crosshair(time(moment, perPixel, figures), rows);
    }

    private static Row row(
            long moment,
            Scene scene,
            Scene.Lane lane,
            int laneIndex,
            int curveIndex,
            double perPixel,
            Figures figures) {
        Scene.Curve curve = lane.curves().get(curveIndex);
        Track track = curve.track();
        int at = track.at(moment);
        List<String> details = new ArrayList<>();
        String value = Figures.NOTHING;
        if (at >= 0) {
            Bucket bucket = track.bucket(at);
            if (bucket.isEmpty()) {
                details.add(figures.words().say("chart.cross.unknown"));
            } else {
                value =
                        figures.withUnit(
                                figures.number(bucket.mean(), curve.decimals()), lane.unit());
                detail(bucket, track.tier(at), curve, perPixel, figures, details);
            }
        } else if (moment < scene.now()) {
            details.add(figures.words().say("chart.cross.nothing"));
        }
        Track before = curve.before();
        if (before != null && scene.shift() != 0) {
            int earlier = before.at(moment - scene.shift());
            if (earlier >= 0 && !before.bucket(earlier).isEmpty()) {
                details.add(
                        figures.words()
                                .say(
                                        "chart.cross.before",
                                        figures.withUnit(
                                                figures.number(
                                                        before.bucket(earlier).mean(),
                                                        curve.decimals()),
                                                lane.unit())));
            }
        }
        return new Row(curve.name(), value, String.join(" · ", details), laneIndex, curveIndex);
    }

    private static void detail(
            Bucket bucket,
            Tier tier,
            Scene.Curve curve,
            double perPixel,
            Figures figures,
            List<String> details) {
        if (bucket.max() > bucket.min()) {
            String least = figures.number(bucket.min(), curve.decimals());
            String most = figures.number(bucket.max(), curve.decimals());
            if (!least.equals(most)) {
                details.add(figures.words().say("chart.cross.between", least, most));
            }
        }
        if (bucket.gap() > 0.001) {
            details.add(
                    figures.words()
                            .say("chart.cross.gap", Math.max(1, Math.round(bucket.gap() * 100))));
        }
        if (!tier.isRaw() && bucket.to() - bucket.from() > perPixel * 1.5) {
            details.add(figures.words().say("chart.tier." + tier.word()));
        }
    }

    private static String time(long moment, double perPixel, Figures figures) {
        ZonedDateTime local = Times.instant(moment).atZone(figures.zone());
        boolean fine = perPixel < 10_000 * MICROS_PER_MILLI;
        return local.format(
                        DateTimeFormatter.ofPattern(
                                fine ? "EEE d MMM yyyy, HH:mm:ss" : "EEE d MMM yyyy, HH:mm",
                                figures.words().locale()))
                + " "
                + TimeTicks.offset(local.getOffset());
    }

    /** A width of buckets for people: {@code 5 min}, {@code 2 h}. */
    public static String width(long micros, Figures figures) {
        return figures.roughAge(Duration.ofNanos(micros * 1_000));
    }
}
