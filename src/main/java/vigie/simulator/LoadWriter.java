package vigie.simulator;

import org.jspecify.annotations.Nullable;

import vigie.store.Connections;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Writes as the recorder does, as often as wanted: for benches. Each row is a change of a number,
 * the points take turns. Tables are those of the {@link Simulator}, created in an empty database.
 * Not thread-safe.
 */
public final class LoadWriter implements AutoCloseable {
    /**
     * A point to write.
     *
     * @param attributes the JSON its rows carry
     * @param decimals digits after the point of its texts
     * @param low its numbers wander between this …
     * @param high … and this
     */
    public record Point(
            String entityId, String attributes, int decimals, double low, double high) {}

    /**
     * A transaction that was committed.
     *
     * @param nanosBeforeCommit {@link System#nanoTime()} just before COMMIT was sent
     * @param nanosAfterCommit the same when the server had answered
     * @param time the time its rows carry
     * @param entityIds whose rows they are
     * @param stateIds the rows' ids, in the same order
     */
    public record Group(
            long nanosBeforeCommit,
            long nanosAfterCommit,
            Instant time,
            List<String> entityIds,
            List<Long> stateIds) {
        public Group {
            entityIds = List.copyOf(entityIds);
            stateIds = List.copyOf(stateIds);
        }
    }

    private final Connections connections;
    private final Connection connection;
    private final RecorderWriter writer;
    private final Clock clock;
    private final List<Point> points;
    private final double[] values;
    private final @Nullable String[] texts;
    private final double[] written;
    private final SplittableRandom random = new SplittableRandom(7);
    private int turn;

    private LoadWriter(
            Connections connections, Connection connection, List<Point> points, Clock clock) {
        this.connections = connections;
        this.connection = connection;
        this.writer = new RecorderWriter(connection, random.split());
        this.points = List.copyOf(points);
        this.clock = clock;
        this.values = new double[points.size()];
        this.texts = new @Nullable String[points.size()];
        this.written = new double[points.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (points.get(i).low() + points.get(i).high()) / 2;
        }
    }

    /** The measured points of the reference room, with their own attributes. */
    public static List<Point> referenceRoom() {
        List<Point> points = new ArrayList<>();
        Devices.ofReferenceRoom(1)
                .attributes()
                .forEach((id, entity) -> {
                    if ("measurement".equals(entity.stateClass())) {
                        points.add(point(id, entity));
                    }
                });
        return points;
    }

    private static Point point(String id, EntityAttributes entity) {
        return switch (String.valueOf(entity.unit())) {
            case "W" -> new Point(id, entity.json(), 0, 2_000, 5_000);
            case "%" -> new Point(id, entity.json(), 1, 35, 55);
            case "V" -> new Point(id, entity.json(), 1, 226, 236);
            default -> new Point(id, entity.json(), 2, 20, 26);
        };
    }

    /** {@code sensor.load_0001} and so on, temperatures. */
    public static List<Point> numbered(int count) {
        List<Point> points = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            String number = Integer.toString(100_000 + i).substring(i < 10_000 ? 2 : 1);
            String attributes =
                    EntityAttributes.measurement(
                                    "temperature", "°C", "temperature", "Load " + number)
                            .json();
            points.add(new Point("sensor.load_" + number, attributes, 2, 18, 27));
        }
        return points;
    }

    /**
     * Takes hold of an empty database or one of a simulator.
     *
     * @throws Fault as {@link Simulator#open}
     */
    public static LoadWriter open(Connections connections, List<Point> points, Clock clock)
            throws Fault {
        @Nullable Connection connection = null;
        boolean done = false;
        try {
            connection = Database.connect(connections);
            if (Schema.look(connection) != Schema.Found.OURS) {
                Schema.create(connection);
                double now = Utc.seconds(clock.instant());
                Database.newRun(connection, now, now);
                Schema.complete(connection, Utc.text(now));
            }
            connection.commit();
            done = true;
            return new LoadWriter(connections, connection, points, clock);
        } catch (SQLException failed) {
            throw Database.fault(connections, failed);
        } finally {
            if (!done && connection != null) {
                Database.quietly(connection);
            }
        }
    }

    /**
     * Commits one group of rows, the next points in turn.
     *
     * @throws Fault where the database refuses it; its rows are lost
     */
    public Group write(int rows) throws Fault {
        Instant now = clock.instant();
        double at = Utc.seconds(now);
        List<String> ids = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            ids.add(points.get(turn).entityId());
            writer.add(change(turn, at + i * 1e-6));
            turn = (turn + 1) % points.size();
        }
        try {
            RecorderWriter.Group group = writer.commit(RecorderWriter.Extra.NONE);
            return new Group(group.beforeCommit(), System.nanoTime(), now, ids, group.stateIds());
        } catch (SQLException failed) {
            throw Database.fault(connections, failed);
        }
    }

    /**
     * Commits groups at a fixed rate on the calling thread; groups that come late are not left out,
     * they follow at once.
     *
     * @param groupsPerSecond more than 0
     * @param each told of every group, on the calling thread
     */
    public void write(double groupsPerSecond, int rows, Duration length, Consumer<Group> each)
            throws Fault {
        long begin = System.nanoTime();
        long count = Math.round(Utc.inSeconds(length) * groupsPerSecond);
        for (long i = 0; i < count && !Thread.currentThread().isInterrupted(); i++) {
            long due = begin + (long) (i * 1e9 / groupsPerSecond);
            long wait = due - System.nanoTime();
            while (wait > 0) {
                LockSupport.parkNanos(wait);
                wait = Thread.currentThread().isInterrupted() ? 0 : due - System.nanoTime();
            }
            each.accept(write(rows));
        }
    }

    private StateChange change(int index, double at) {
        Point point = points.get(index);
        double step = (point.high() - point.low()) / 20;
        @Nullable String before = texts[index];
        String text;
        do {
            values[index] =
                    Math.clamp(
                            values[index] + step * (random.nextDouble() - 0.5),
                            point.low(),
                            point.high());
            text = Device.decimal(values[index], point.decimals());
        } while (text.equals(before));
        texts[index] = text;
        @Nullable Double reported = before == null ? null : Double.valueOf(written[index]);
        written[index] = at;
        return new StateChange(point.entityId(), text, point.attributes(), at, at, reported);
    }

    @Override
    public void close() {
        Database.quietly(connection);
    }
}
