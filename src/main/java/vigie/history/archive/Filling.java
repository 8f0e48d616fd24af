package vigie.history.archive;

import vigie.point.Reading;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Copies the rows that were recorded before the archive began, newest first, in stretches of one
 * transaction each; what is done is kept with it, so that nothing is done twice and nothing is left
 * out whatever dies in between. One thread.
 */
public final class Filling {
    /** Rows of one transaction: for as long as it takes, the live stream's waits. */
    public static final int AT_ONCE = 2_000;

    /** Rows of Home Assistant's clock may be a little ahead of the database's. */
    private static final long CLOCKS = 60_000_000;

    private final String recorder;
    private final ArchiveWriter writer;

    /**
     * @param writer one of its own, for the stream's is used by the stream's thread
     */
    public Filling(String recorder, ArchiveWriter writer) {
        this.recorder = recorder;
        this.writer = writer;
    }

    /**
     * How far it has come.
     *
     * @param top the highest row that is copied
     * @param next the next one; 0: done
     */
    public record Progress(long top, long next) {
        /** Whether all is copied. */
        public boolean isDone() {
            return next == 0;
        }

        /** The share that is done, 0 to 1, as far as rows' numbers tell. */
        public double share() {
            return top <= 0 ? 1 : 1 - (double) next / top;
        }
    }

    /** Empty: it has not begun. */
    public Optional<Progress> progress(Connection connection) throws SQLException {
        Progress[] found = {null};
        Sql.ask(
                connection,
                "SELECT fill_top,fill_next FROM archive WHERE recorder=? AND fill_next IS NOT NULL",
                row -> found[0] = new Progress(row.getLong(1), row.getLong(2)),
                recorder);
        return Optional.ofNullable(found[0]);
    }

    /**
     * Begins, once the stream's place is stored.
     *
     * @param highest the highest {@code state_id} that is there
     * @param now the database's
     * @param epoch of the duty
     */
    public void begin(Connection connection, long highest, long now, long epoch)
            throws SQLException {
        Sql.run(
                connection,
                "INSERT INTO archive(recorder,complete_from_us,fill_top,fill_next,epoch)"
                        + " VALUES(?,?,?,?,?) ON DUPLICATE KEY UPDATE"
                        + " complete_from_us=VALUES(complete_from_us),fill_top=VALUES(fill_top),"
                        + "fill_next=VALUES(fill_next),epoch=VALUES(epoch)",
                recorder,
                now + CLOCKS,
                highest,
                highest,
                epoch);
    }

    /** The stream's place was lost: what came since is to be copied too. */
    public void beginAnew(Connection connection) throws SQLException {
        Sql.run(
                connection,
                "UPDATE archive SET fill_top=NULL,fill_next=NULL WHERE recorder=?",
                recorder);
    }

    /**
     * Keeps a stretch.
     *
     * @param readings descending by id
     * @param lowest the lowest row that was looked at; 0: there is none left
     * @param now the database's
     */
    public void keep(Connection connection, List<Reading> readings, long lowest, long now)
            throws SQLException {
        writer.copied(connection, readings);
        if (lowest > 0) {
            Sql.run(
                    connection,
                    "UPDATE archive SET fill_next=? WHERE recorder=?",
                    lowest - 1,
                    recorder);
        }
        if (lowest <= 1) {
            end(connection, now);
        }
    }

    private void end(Connection connection, long now) throws SQLException {
        long oldest =
                Sql.number(
                                connection,
                                "SELECT MIN(oldest) FROM (SELECT (SELECT r.time_us FROM reading r"
                                        + " WHERE r.point=p.id ORDER BY r.time_us LIMIT 1) AS oldest"
                                        + " FROM point p WHERE p.recorder=?) each_point",
                                recorder)
                        .orElse(now);
        Sql.run(
                connection,
                "UPDATE archive SET fill_next=0,complete_from_us=LEAST(?,?) WHERE recorder=?",
                oldest,
                now,
                recorder);
    }

    /** The present by the clock of the server that a connection leads to, microseconds. */
    public static long now(Connection connection) throws SQLException {
        return Sql.number(
                        connection,
                        "SELECT TIMESTAMPDIFF(MICROSECOND,'1970-01-01',UTC_TIMESTAMP(6))")
                .orElseThrow();
    }
}
