package vigie.console.history;

import vigie.console.history.chart.Crosshair;
import vigie.console.history.chart.Scene;
import vigie.console.history.chart.Statistics;
import vigie.console.history.chart.Stretch;
import vigie.console.history.chart.Track;
import vigie.console.words.Figures;
import vigie.history.series.Bucket;
import vigie.history.series.Tier;
import vigie.point.PointId;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a curve did in the stretch that is shown, in words.
 *
 * @param point whose
 * @param curve its index in its lane, by which it is drawn
 * @param name for people
 * @param unit of all its numbers
 * @param last the last trustworthy value
 * @param min least
 * @param mean weighted by time
 * @param max greatest
 * @param growth of a meter; empty for others
 * @param before the mean of the compared period; empty where none is compared
 * @param gap the share without a trustworthy value
 * @param source where it comes from
 */
record StatLine(
        PointId point,
        int curve,
        String name,
        String unit,
        String last,
        String min,
        String mean,
        String max,
        String growth,
        String before,
        String gap,
        String source) {

    /** Of every curve of a chart. */
    static List<StatLine> of(Scene scene, Figures figures) {
        List<StatLine> lines = new ArrayList<>();
        for (Scene.Lane lane : scene.lanes()) {
            for (int i = 0; i < lane.curves().size(); i++) {
                lines.add(line(scene, lane.unit(), lane.curves().get(i), i, figures));
            }
        }
        return lines;
    }

    private static StatLine line(
            Scene scene, String unit, Scene.Curve curve, int index, Figures figures) {
        Stretch stretch = scene.stretch();
        Statistics found = Statistics.of(curve.track(), curve.kind(), stretch, scene.now());
        int decimals = curve.decimals();
        Track before = curve.before();
        String earlier = "";
        if (scene.shift() != 0) {
            earlier =
                    before == null
                            ? Figures.NOTHING
                            : number(
                                    Statistics.of(
                                                    before,
                                                    curve.kind(),
                                                    stretch.moved(-scene.shift()),
                                                    scene.now())
                                            .mean(),
                                    decimals,
                                    figures);
        }
        return new StatLine(
                curve.point(),
                index,
                curve.name(),
                unit,
                number(found.last(), decimals, figures),
                number(found.min(), decimals, figures),
                number(found.mean(), decimals, figures),
                number(found.max(), decimals, figures),
                curve.kind().isMeter() ? number(found.growth(), decimals, figures) : "",
                earlier,
                share(found.gap(), figures),
                source(curve.track(), stretch, figures));
    }

    private static String number(double value, int decimals, Figures figures) {
        return Double.isFinite(value) ? figures.number(value, decimals) : Figures.NOTHING;
    }

    /** In percent; what is not zero is not called zero. */
    private static String share(double gap, Figures figures) {
        if (Double.isNaN(gap)) {
            return figures.withUnit(figures.number(100, 0), "%");
        }
        double percent = gap * 100;
        if (percent > 0 && percent < 0.1) {
            return "< " + figures.withUnit(figures.number(0.1, 1), "%");
        }
        return figures.withUnit(figures.number(percent, percent > 0 && percent < 10 ? 1 : 0), "%");
    }

    /** The widest buckets shown, and the sources they come from. */
    private static String source(Track track, Stretch stretch, Figures figures) {
        Set<Tier> tiers = new LinkedHashSet<>();
        int first = -1;
        int last = -1;
        for (int i = 0; i < track.size(); i++) {
            Bucket bucket = track.bucket(i);
            if (bucket.to() > stretch.from() && bucket.from() < stretch.to()) {
                first = first < 0 ? i : first;
                last = i;
                if (!bucket.isEmpty()) {
                    tiers.add(track.tier(i));
                }
            }
        }
        if (tiers.isEmpty()) {
            return Figures.NOTHING;
        }
        Bucket middle = track.bucket((first + last) / 2);
        String names =
                tiers.stream()
                        .map(tier -> figures.words().say("chart.tier." + tier.word()))
                        .collect(Collectors.joining(", "));
        return figures.words()
                .say("chart.source", names, Crosshair.width(middle.to() - middle.from(), figures));
    }
}
