package vigie.bench;

import vigie.console.replay.ReplaySettings;
import vigie.history.Times;
import vigie.picture.Picture;
import vigie.picture.PictureMaker;
import vigie.picture.Summary;
import vigie.plan.Plan;
import vigie.recording.Basis;
import vigie.room.Bindings;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.timeline.DrivenReplay;
import vigie.timeline.Moment;
import vigie.timeline.Recorded;
import vigie.timeline.ReplayTimeline;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Playing a room of sixty points: as fast as it goes, and for an hour. */
final class ReplayPlay {
    private static final Duration WARM_UP = Duration.ofHours(3);
    private static final Duration PLAYED = Duration.ofHours(24);

    /** An hour of playing at this speed is eight days and a half of readings. */
    private static final double LONG_SPEED = 200;

    private static final Duration LONG = Duration.ofHours(1);
    private static final int LOOKS = 20;

    /** Reels are kept up to here; it is full, and reels go, after some minutes of the hour. */
    private static final long BUDGET = 8L << 20;

    private ReplayPlay() {}

    /**
     * How it went.
     *
     * @param framesPerSecond painted
     * @param speed seconds of the past in a second
     * @param dropped readings of the interval that were never folded, or folded twice
     */
    record Run(double framesPerSecond, double speed, long dropped) {}

    /** Plays a day at 3600 times in the console's window. */
    static Run fast(
            PrintStream progress,
            Plan plan,
            Recorded recorded,
            DatabaseAddress recorder,
            Instant begin)
            throws Fault, InterruptedException {
        Instant end = begin.plus(WARM_UP).plus(PLAYED);
        LongAdder frames = new LongAdder();
        try (ReplayTimeline replay =
                        ReplayTimeline.start(
                                recorded,
                                new ReplayTimeline.Settings(
                                        begin,
                                        Optional.of(begin),
                                        Optional.of(end),
                                        Basis.KNOWN_NOW,
                                        3_600));
                LivePainting window = LivePainting.open(plan, replay, settings(recorded))) {
            FeedWatch.await(() -> !replay.playback().waits(), "the beginning");
            window.observe((frame, nanos) -> frames.increment());
            replay.play(false);
            Instant warm = begin.plus(WARM_UP);
            FeedWatch.await(() -> replay.playback().at().isAfter(warm), "warming up");
            long framesBefore = frames.sum();
            long nanos = System.nanoTime();
            Instant from = replay.playback().at();
            FeedWatch.await(() -> replay.playback().ended(), "the end of the day");
            double seconds = (System.nanoTime() - nanos) / 1e9;
            long stored = stored(recorder, begin, end);
            Run run =
                    new Run(
                            (frames.sum() - framesBefore) / seconds,
                            Duration.between(from, end).toMillis() / 1e3 / seconds,
                            Math.abs(stored - replay.folded()));
            Telling.say(
                    progress,
                    "3600x  %.1f frames/s, %.0f times in truth, %d of %d readings folded",
                    run.framesPerSecond(),
                    run.speed(),
                    replay.folded(),
                    stored);
            return run;
        }
    }

    static ReplaySettings settings(Recorded recorded) {
        return new ReplaySettings(
                recorded, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static long stored(DatabaseAddress recorder, Instant from, Instant to) throws Fault {
        try (Connections ways = new Connections(recorder, "bench-count");
                Connection connection = ways.single();
                PreparedStatement question =
                        connection.prepareStatement(
                                "SELECT COUNT(*) FROM states WHERE last_updated_ts > ? AND"
                                        + " last_updated_ts <= ?")) {
            question.setDouble(1, Times.micros(from) / 1e6);
            question.setDouble(2, Times.micros(to) / 1e6);
            try (ResultSet row = question.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /**
     * What stays in the heap over an hour of playing, every frame's picture made: after a fifth of
     * it, the change from the first to the second half of the rest, in percent. The watch is moved
     * by hand, so that the hour's work is done as fast as it goes.
     */
    static double drift(PrintStream progress, Plan plan, Recorded recorded, Instant begin) {
        List<Double> heaps = new ArrayList<>();
        long ticks = LONG.dividedBy(DrivenReplay.length());
        PictureMaker pictures = new PictureMaker(plan, Bindings.NONE);
        long made = 0;
        try (DrivenReplay driven =
                new DrivenReplay(
                        recorded,
                        new ReplayTimeline.Settings(
                                begin,
                                Optional.of(begin),
                                Optional.empty(),
                                Basis.KNOWN_NOW,
                                LONG_SPEED),
                        BUDGET)) {
            driven.replay().play(false);
            for (long tick = 1; tick <= ticks; tick++) {
                driven.tick();
                Moment moment = driven.replay().moment();
                Instant now = moment.at().orElseThrow();
                Picture picture = pictures.next(moment.state(), moment.freshness(now), now);
                made += Summary.of(picture).readings();
                if (tick % (ticks / LOOKS) == 0) {
                    heaps.add(heap());
                }
            }
            Telling.say(
                    progress,
                    "an hour at %.0fx: %d frames, %d readings drawn, %d folded, now at %s; heap MB %s",
                    LONG_SPEED,
                    ticks,
                    made,
                    driven.replay().folded(),
                    driven.replay().playback().at(),
                    heaps.stream().map(mb -> String.format("%.1f", mb)).toList());
        }
        // What is kept swings as reels come and go; the mean of many looks does not.
        double early = mean(heaps.subList(LOOKS / 5, LOOKS * 3 / 5));
        double late = mean(heaps.subList(LOOKS * 3 / 5, LOOKS));
        return Math.abs(late - early) / early * 100;
    }

    private static double mean(List<Double> some) {
        return some.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    private static double heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }
}
