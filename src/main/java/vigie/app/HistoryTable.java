package vigie.app;

import vigie.console.words.Figures;
import vigie.history.PointRange;
import vigie.history.Times;
import vigie.history.export.RangeWriter;
import vigie.history.series.Bucket;
import vigie.history.series.Kind;
import vigie.history.series.Segment;
import vigie.history.series.TextSpan;
import vigie.history.series.Tier;
import vigie.text.Words;

import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * History for people: a table for each point and unit, in local time and the language's figures,
 * and at the end a line that says from which sources it came. Nothing stands where nothing is
 * known.
 */
final class HistoryTable implements RangeWriter {
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;

    /** Enough to tell one bucket from the next, and no more than was measured. */
    private static final int DIGITS = 4;

    private static final int MOST_DECIMALS = 9;

    private final PrintStream out;
    private final Words words;
    private final ZoneId zone;
    private final Figures figures;
    private final Set<Tier> used = EnumSet.noneOf(Tier.class);
    private boolean any;

    /**
     * @param zone in which times are told
     */
    HistoryTable(PrintStream out, Words words, ZoneId zone) {
        this.out = out;
        this.words = words;
        this.zone = zone;
        figures = new Figures(words, zone);
    }

    @Override
    public void begin() {
        // Each point has a head of its own.
    }

    @Override
    public void range(PointRange range) {
        List<Segment> alike = new ArrayList<>();
        for (Segment segment : range.segments()) {
            if (!alike.isEmpty() && !isAlike(range, alike.getLast(), segment)) {
                segments(range, alike);
                alike.clear();
            }
            alike.add(segment);
        }
        segments(range, alike);
        if (!range.spans().isEmpty()) {
            spans(range);
        }
    }

    /** The sources; after the last range. */
    void sources() {
        if (!used.isEmpty()) {
            out.println();
            out.println(
                    words.say(
                            "history.sources",
                            used.stream()
                                    .map(tier ->
                                            words.say(
                                                    "history.source",
                                                    tier.word(),
                                                    words.say("history.source." + tier.word())))
                                    .collect(Collectors.joining("; "))));
        }
    }

    @Override
    public void flush() {
        out.flush();
    }

    /** Another source alone begins no new table: the reader asked for one. */
    private static boolean isAlike(PointRange range, Segment one, Segment other) {
        return one.unit().equals(other.unit()) && step(range, one) == step(range, other);
    }

    /** How wide the steps are, in microseconds: the past may be kept coarser than asked. */
    private static long step(PointRange range, Segment segment) {
        return Math.max(range.width(), segment.tier().micros());
    }

    private void segments(PointRange range, List<Segment> alike) {
        List<Bucket> buckets =
                alike.stream().flatMap(segment -> segment.buckets().stream()).toList();
        if (buckets.stream().allMatch(Bucket::isEmpty)) {
            return;
        }
        alike.stream()
                .filter(segment -> !segment.buckets().stream().allMatch(Bucket::isEmpty))
                .forEach(segment -> used.add(segment.tier()));
        Segment segment = alike.getFirst();
        head(
                words.say(
                        "history.head",
                        printable(range.point().name().name()),
                        segment.unit().map(unit -> " (" + printable(unit) + ")").orElse(""),
                        width(step(range, segment)),
                        zone.getId()));
        boolean meter = range.point().kind().isMeter();
        boolean angle = range.point().kind() == Kind.ANGLE;
        List<String> titles = new ArrayList<>(List.of("time"));
        if (!angle) {
            titles.addAll(List.of("min", "max"));
        }
        titles.addAll(List.of("mean", "first", "last", "count", "gap"));
        if (meter) {
            titles.add("growth");
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(titles.stream().map(title -> words.say("history." + title)).toList());
        int decimals = decimals(buckets);
        boolean fine = isFine(buckets);
        for (Bucket bucket : buckets) {
            List<String> row = new ArrayList<>(List.of(time(bucket.from(), fine)));
            if (!angle) {
                row.add(number(bucket.min(), decimals));
                row.add(number(bucket.max(), decimals));
            }
            row.add(number(bucket.mean(), decimals));
            row.add(number(bucket.first(), decimals));
            row.add(number(bucket.last(), decimals));
            row.add(
                    bucket.count() == Bucket.UNKNOWN_COUNT
                            ? ""
                            : figures.number(bucket.count(), 0));
            row.add(gap(bucket));
            if (meter) {
                row.add(number(bucket.growth(), decimals));
            }
            rows.add(row);
        }
        print(rows, true);
    }

    private void spans(PointRange range) {
        head(words.say("history.head.text", printable(range.point().name().name()), zone.getId()));
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        words.say("history.from"),
                        words.say("history.to"),
                        words.say("history.text"),
                        words.say("history.quality")));
        for (TextSpan span : range.spans()) {
            used.add(span.tier());
            rows.add(
                    List.of(
                            time(span.from(), true),
                            time(span.to(), true),
                            span.text() == null ? "" : printable(span.text()),
                            span.quality().grade().word()
                                    + span.quality()
                                            .reason()
                                            .map(why -> " " + why.word())
                                            .orElse("")));
        }
        print(rows, false);
    }

    private void head(String line) {
        if (any) {
            out.println();
        }
        any = true;
        out.println(line);
    }

    /** What an hour of autumn is needs its offset. */
    private String time(long micros, boolean fine) {
        ZonedDateTime time = Times.instant(micros).atZone(zone);
        String pattern =
                !fine
                        ? "yyyy-MM-dd HH:mm"
                        : micros % SECOND == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.SSS";
        boolean twice = zone.getRules().getValidOffsets(time.toLocalDateTime()).size() > 1;
        return time.format(DateTimeFormatter.ofPattern(pattern, Locale.ROOT))
                + (twice ? " " + time.getOffset() : "");
    }

    private static boolean isFine(List<Bucket> buckets) {
        return buckets.stream().anyMatch(bucket -> bucket.from() % MINUTE != 0);
    }

    private String width(long micros) {
        Duration width = Duration.ofNanos(micros * 1_000);
        if (width.toDays() > 0) {
            return words.say("history.width.days", Math.round(micros / (24.0 * 60 * MINUTE)));
        }
        if (width.toHours() > 0 && width.toMinutesPart() == 0) {
            return words.say("history.width.hours", width.toHours());
        }
        if (width.toMinutes() > 0 && width.toSecondsPart() == 0) {
            return words.say("history.width.minutes", width.toMinutes());
        }
        return words.say(
                "history.width.seconds",
                figures.number(micros / (double) SECOND, micros % SECOND == 0 ? 0 : 3));
    }

    private String number(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return "";
        }
        return decimals < 0 ? Double.toString(value) : figures.number(value, decimals);
    }

    /** Nothing lacks: nothing is said. Ends are not rounded away: some gap is not none, nor all. */
    private String gap(Bucket bucket) {
        double share = bucket.gap();
        if (bucket.trusted() == bucket.to() - bucket.from()) {
            return "";
        }
        long percent = Math.round(100 * share);
        if (bucket.trusted() > 0) {
            percent = Math.clamp(percent, 1, 99);
        }
        return figures.withUnit(figures.number((double) percent, 0), "%");
    }

    /** As many as the greatest value needs for some digits; -1 where no count would do. */
    private static int decimals(List<Bucket> buckets) {
        double greatest = 0;
        for (Bucket bucket : buckets) {
            for (double value :
                    new double[] {bucket.min(), bucket.max(), bucket.mean(), bucket.last()}) {
                if (Double.isFinite(value)) {
                    greatest = Math.max(greatest, Math.abs(value));
                }
            }
        }
        if (greatest == 0) {
            return 0;
        }
        if (greatest < 1e-6 || greatest >= 1e15) {
            return -1;
        }
        return Math.clamp(DIGITS - 1 - (int) Math.floor(Math.log10(greatest)), 0, MOST_DECIMALS);
    }

    /** Columns under each other; numbers to the right. */
    private void print(List<List<String>> rows, boolean numbers) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                int blanks = widths[i] - length(cell);
                line.repeat(' ', i == 0 ? 0 : 2);
                boolean right = numbers && i > 0;
                line.repeat(' ', right ? blanks : 0).append(cell).repeat(' ', right ? 0 : blanks);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private static String printable(String text) {
        return StateCommand.printable(text);
    }
}
