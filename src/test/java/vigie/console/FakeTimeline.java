package vigie.console;

import vigie.feed.FeedStatus;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.room.Cadences;
import vigie.room.Fact;
import vigie.room.Freshness;
import vigie.room.Group;
import vigie.room.RecorderState;
import vigie.room.RoomState;
import vigie.text.Sentence;
import vigie.timeline.Clocks;
import vigie.timeline.Delay;
import vigie.timeline.Moment;
import vigie.timeline.Timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** A timeline whose room and clock the test holds in its hand. */
public final class FakeTimeline implements Timeline {
    private static final double RATE = 38.4;
    private static final Duration RATE_WINDOW = Duration.ofSeconds(10);
    private double rate = RATE;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, PointKey> keys = new HashMap<>();
    private RoomState state = RoomState.EMPTY;
    private FeedStatus feed;
    private Optional<Instant> followedUntil;
    private Cadences cadences = Cadences.NONE;
    private Clocks clocks = Clocks.EQUAL;
    private Delay delay = new Delay(Duration.ofMillis(420), false);
    private Instant now;
    private long ids;
    private volatile boolean closed;
    private volatile Optional<Duration> silence = Optional.empty();

    public FakeTimeline(Instant now) {
        this.now = now;
        feed = new FeedStatus(FeedStatus.Phase.CHECK, now, Optional.empty());
        followedUntil = Optional.of(now);
    }

    /** Commits one reading; a null text is a NULL in the database. */
    public synchronized void say(String entity, String text, Attributes attributes, Instant time) {
        sayAll(List.of(reading(entity, text, attributes, time)));
    }

    synchronized void sayAll(List<Reading> readings) {
        List<Fact> facts = new ArrayList<>();
        readings.forEach(reading -> facts.add(new Fact.Observed(reading)));
        rate = RATE;
        state = state.after(new Group("0-1-" + ++ids, Optional.of(now), facts));
        tell();
    }

    synchronized Reading reading(String entity, String text, Attributes attributes, Instant time) {
        PointKey key = keys.computeIfAbsent(entity, name -> new PointKey(keys.size() + 1L));
        return Reading.ofRow(
                OptionalLong.of(++ids),
                key,
                new PointId(entity),
                text,
                attributes,
                time,
                time,
                Optional.of(now),
                Optional.of("0-1-" + ids),
                Source.BINLOG);
    }

    /** The feed goes to another phase. */
    public synchronized void phase(FeedStatus.Phase phase, Optional<Sentence> reason) {
        status(
                new FeedStatus(
                        phase,
                        now,
                        reason.or(() -> feed.way() == FeedStatus.Way.POLL ? feed.reason() : reason),
                        feed.way(),
                        feed.host(),
                        feed.tally()));
    }

    /** The feed says how it stands. */
    public synchronized void status(FeedStatus status) {
        feed = status;
        followedUntil =
                status.isLive() ? Optional.empty() : followedUntil.or(() -> Optional.of(now));
        tell();
    }

    /** The recorder says something of itself. */
    public synchronized void recorder(RecorderState said) {
        state =
                state.after(
                        new Group(
                                "0-1-" + ++ids,
                                Optional.of(now),
                                List.of(new Fact.RecorderSaid(said))));
        tell();
    }

    /** What was learned of everybody's habits. */
    public synchronized void learned(Cadences newCadences) {
        cadences = newCadences;
        tell();
    }

    /** The clocks are found to differ. */
    public synchronized void clocks(Clocks newClocks) {
        clocks = newClocks;
        tell();
    }

    /** How far behind it is. */
    public synchronized void delay(Delay newDelay) {
        delay = newDelay;
        tell();
    }

    /** The clock goes on. */
    public synchronized void pass(Duration time) {
        now = now.plus(time);
        rate = time.compareTo(RATE_WINDOW) < 0 ? rate : 0;
        tell();
    }

    /** The server has not been heard for so long. */
    public void silent(Duration since) {
        silence = Optional.of(since);
    }

    @Override
    public Optional<Duration> silence() {
        return silence;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized Moment moment() {
        return new Moment(
                state,
                feed,
                cadences,
                Freshness.USUAL_COMMIT,
                followedUntil,
                clocks,
                rate,
                Optional.of(delay),
                java.util.Map.of(),
                Optional.empty());
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public AutoCloseable onChange(Runnable changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }
}
