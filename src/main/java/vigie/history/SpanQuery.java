package vigie.history;

import org.jspecify.annotations.Nullable;

import vigie.history.series.TextSpan;
import vigie.history.series.Tier;
import vigie.point.Attributes;
import vigie.point.PointKey;
import vigie.point.Quality;
import vigie.point.Reading;
import vigie.point.Source;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long each text of a point stood. The archive keeps the changes of texts for good, so beyond
 * Home Assistant's states they are as fine as they were.
 */
final class SpanQuery {
    private final Link link;
    private final KnownAttributes attributes;
    private final Outages outages;
    private final long known;

    SpanQuery(Link link, KnownAttributes attributes, Outages outages, long known) {
        this.link = link;
        this.attributes = attributes;
        this.outages = outages;
        this.known = known;
    }

    private record Change(
            long time, @Nullable String text, Tier tier, Quality.@Nullable Reason cut) {
        Change(long time, @Nullable String text, Tier tier) {
            this(time, text, tier, null);
        }
    }

    /**
     * @param reaches how far the tiers go
     */
    List<TextSpan> spans(HistoryPoint point, List<Stretch> reaches, long from, long to)
            throws SQLException {
        long statesFrom =
                reaches.stream()
                        .filter(reach -> reach.tier() == Tier.STATES)
                        .mapToLong(Stretch::from)
                        .findFirst()
                        .orElse(Long.MAX_VALUE);
        long end = Math.min(to, known);
        List<Change> changes = new ArrayList<>();
        if (point.archiveId().isPresent() && link.archive().isPresent() && statesFrom > from) {
            archived(point.archiveId().getAsInt(), from, Math.min(statesFrom, end), changes);
        }
        if (point.key().isPresent() && statesFrom < end) {
            RawRows rows = RawRows.of(link, attributes, point, Tier.STATES).changesOnly();
            RawRows.@Nullable Row before = statesFrom < from ? rows.before(from) : null;
            if (before != null) {
                changes.add(new Change(before.time(), before.text(), Tier.STATES));
            }
            rows.between(
                    Math.max(from, statesFrom),
                    end,
                    row -> changes.add(new Change(row.time(), row.text(), Tier.STATES)));
        }
        return spans(withOutages(changes, end), end).stream()
                .filter(span -> span.to() > from)
                .toList();
    }

    private void archived(int id, long from, long to, List<Change> changes) throws SQLException {
        String columns = "SELECT time_us, text FROM " + link.own("text_change");
        link.askOwn(
                columns + " WHERE point = ? AND time_us < ? ORDER BY time_us DESC, id DESC LIMIT 1",
                statement -> {
                    statement.setInt(1, id);
                    statement.setLong(2, from);
                },
                row -> changes.add(new Change(row.getLong(1), row.getString(2), Tier.READINGS)));
        link.askOwn(
                columns + " WHERE point = ? AND time_us >= ? AND time_us < ? ORDER BY time_us, id",
                statement -> {
                    statement.setInt(1, id);
                    statement.setLong(2, from);
                    statement.setLong(3, to);
                },
                row -> changes.add(new Change(row.getLong(1), row.getString(2), Tier.READINGS)));
    }

    /** Where the recorder stopped nothing is known until the point says something again. */
    private List<Change> withOutages(List<Change> changes, long end) {
        List<Change> all = new ArrayList<>(changes);
        for (Outages.Span span : outages.spans()) {
            if (span.from() < end
                    && !changes.isEmpty()
                    && span.from() > changes.getFirst().time()) {
                all.add(
                        new Change(
                                span.from(),
                                null,
                                Tier.STATES,
                                span.silent()
                                        ? Quality.Reason.SOURCE_SILENT
                                        : Quality.Reason.SOURCE_STOPPED));
            }
        }
        all.sort(java.util.Comparator.comparingLong(Change::time));
        return all;
    }

    private static List<TextSpan> spans(List<Change> changes, long end) {
        List<TextSpan> spans = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            int next = i + 1;
            while (next < changes.size() && isSame(change, changes.get(next))) {
                next++;
            }
            long until = next < changes.size() ? changes.get(next).time() : end;
            if (until > change.time()) {
                spans.add(
                        new TextSpan(
                                change.time(),
                                until,
                                change.text(),
                                quality(change),
                                change.tier()));
            }
            i = next - 1;
        }
        return spans;
    }

    private static boolean isSame(Change one, Change other) {
        return one.cut() == other.cut() && Objects.equals(one.text(), other.text());
    }

    private static Quality quality(Change change) {
        Quality.Reason cut = change.cut();
        if (cut != null) {
            return Quality.of(cut);
        }
        Instant time = Times.instant(change.time());
        return Reading.ofRow(
                        OptionalLong.empty(),
                        new PointKey(0),
                        new vigie.point.PointId("text"),
                        change.text(),
                        Attributes.NONE,
                        time,
                        time,
                        Optional.empty(),
                        Optional.empty(),
                        Source.HISTORY)
                .quality();
    }
}
