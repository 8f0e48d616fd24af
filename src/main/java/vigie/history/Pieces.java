package vigie.history;

import vigie.history.series.Tier;
import vigie.recorder.StateSql;

import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * Where reels begin and end: whoever asks for moments near each other finds the same borders, as
 * long as no rows come or go there. No reel reaches over the moment at which another version of the
 * cadences begins to hold, five minutes past each hour, unless it has no single readings.
 */
final class Pieces {
    /** A reel of more rows is cut in halves. */
    private static final int MOST_ROWS = 30_000;

    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long OFFSET = 5 * MINUTE;
    private static final long FINE = 10 * MINUTE;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long SHORTEST = 5 * SECOND;

    /** Minutes are kept for a year. */
    private static final long MINUTES_KEPT = 365 * DAY;

    private final Link link;
    private final long now;

    /** When the first row was that Home Assistant still has. */
    private long firstRow;

    Pieces(Link link, long now) {
        this.link = link;
        this.now = now;
        firstRow = now;
    }

    /**
     * A piece.
     *
     * @param from microseconds
     * @param to likewise; never after the present
     * @param single whether there are single readings in it, as far as is known
     */
    record Piece(long from, long to, boolean single) {}

    /**
     * The piece that holds a moment.
     *
     * @param at microseconds, not after the present
     * @param border one more; empty: none
     */
    Piece of(long at, OptionalLong border) throws SQLException {
        long single = firstSingle();
        long hour = floor(at, HOUR);
        Piece piece;
        if (hour + HOUR > single) {
            piece = whole(at, FINE, true);
        } else if (hour >= firstMinutes()) {
            piece = whole(at, HOUR, false);
        } else {
            piece = whole(at, DAY, false);
        }
        OptionalLong expired =
                link.archive().isPresent()
                        ? link.archive().get().expiredTo()
                        : OptionalLong.empty();
        if (expired.isPresent()) {
            piece = cut(piece, at, expired.getAsLong());
        }
        if (border.isPresent()) {
            piece = cut(piece, at, border.getAsLong());
        }
        piece = thin(piece, at);
        return new Piece(piece.from(), Math.min(piece.to(), now), piece.single());
    }

    private static long floor(long at, long length) {
        return Math.floorDiv(at - OFFSET, length) * length + OFFSET;
    }

    private static Piece whole(long at, long length, boolean single) {
        long from = floor(at, length);
        return new Piece(from, from + length, single);
    }

    private static Piece cut(Piece piece, long at, long border) {
        if (border <= piece.from() || border >= piece.to()) {
            return piece;
        }
        // Two reels share their border; whoever asks for it plays on from there.
        return at < border
                ? new Piece(piece.from(), border, piece.single())
                : new Piece(border, piece.to(), piece.single());
    }

    /** From when on there are single readings. */
    private long firstSingle() throws SQLException {
        link.ask(
                StateSql.first(link.schema()),
                statement -> {},
                row -> {
                    double seconds = row.getDouble(1);
                    if (!row.wasNull()) {
                        firstRow = Times.micros(seconds);
                    }
                });
        return link.archive().isEmpty()
                ? firstRow
                : Math.min(firstRow, link.archive().get().completeFrom());
    }

    /** From when on roll-ups are finer than a quarter of an hour. */
    private long firstMinutes() throws SQLException {
        long[] first = {Long.MAX_VALUE};
        try {
            link.ask(
                    StateSql.firstPeriod(true),
                    statement -> {},
                    row -> {
                        double seconds = row.getDouble(1);
                        if (!row.wasNull()) {
                            first[0] = Times.micros(seconds);
                        }
                    });
        } catch (SQLException refused) {
            if (!Link.isMissing(refused)) {
                throw refused;
            }
        }
        return link.archive().isEmpty()
                ? first[0]
                : Math.min(first[0], Math.floorDiv(now - MINUTES_KEPT, DAY) * DAY);
    }

    private Piece thin(Piece whole, long at) throws SQLException {
        Piece piece = whole;
        while (piece.to() - piece.from() > SHORTEST && count(piece) > MOST_ROWS) {
            piece = cut(piece, at, piece.from() + (piece.to() - piece.from()) / 2);
        }
        return piece;
    }

    private int count(Piece piece) throws SQLException {
        int[] count = {0};
        link.ask(
                StateSql.count(link.schema(), MOST_ROWS + 1),
                statement -> {
                    statement.setDouble(1, Times.seconds(piece.from()));
                    statement.setDouble(2, Times.seconds(piece.to()));
                },
                row -> count[0] = row.getInt(1));
        boolean isPurged = piece.from() < firstRow;
        boolean isExpired =
                link.archive().isPresent()
                        && link.archive().get().expiredTo().isPresent()
                        && link.archive().get().expiredTo().getAsLong() > piece.from();
        if (link.archive().isPresent() && isPurged && !isExpired) {
            ArchivedPast past = new ArchivedPast(link, piece.to());
            count[0] +=
                    past.count(past.identities().keySet(), piece.from(), piece.to(), MOST_ROWS + 1);
        }
        return count[0];
    }

    /**
     * The tiers' widths that may begin within a piece, for roll-ups: every so many microseconds.
     */
    static long beat(long narrowest) {
        return narrowest <= MINUTE ? MINUTE : narrowest < HOUR ? 5 * MINUTE : Tier.HOURS.micros();
    }
}
