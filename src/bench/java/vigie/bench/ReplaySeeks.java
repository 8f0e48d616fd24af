package vigie.bench;

import vigie.console.bridge.Frame;
import vigie.console.replay.ReplaySettings;
import vigie.plan.Plan;
import vigie.recording.Basis;
import vigie.text.Fault;
import vigie.timeline.Recorded;
import vigie.timeline.ReplayTimeline;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Jumps to moments that were not read before, from the call to the end of the frame that shows the
 * room of that moment.
 */
final class ReplaySeeks {
    private static final int WARM_UP = 20;
    private static final long PATIENCE_S = 30;

    private record Painted(Instant at, int points, long nanos) {}

    private ReplaySeeks() {}

    /**
     * @param seeks how often
     * @param points that the room must have at each moment
     */
    static Samples measure(
            PrintStream progress,
            Plan plan,
            Recorded recorded,
            Instant from,
            Instant to,
            int seeks,
            int points)
            throws Fault, InterruptedException {
        BlockingQueue<Painted> painted = new ArrayBlockingQueue<>(10_000);
        List<Long> nanos = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(7);
        try (ReplayTimeline replay =
                        ReplayTimeline.start(
                                recorded,
                                new ReplayTimeline.Settings(
                                        from,
                                        Optional.of(from),
                                        Optional.of(to),
                                        Basis.KNOWN_NOW,
                                        1));
                LivePainting window =
                        LivePainting.open(
                                plan,
                                replay,
                                new ReplaySettings(
                                        recorded,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()))) {
            window.observe((frame, when) -> painted(painted, frame, when));
            int all = WARM_UP + seeks;
            // Each in a stretch of its own, in any order, so that none is known already.
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < all; i++) {
                order.add(i);
            }
            java.util.Collections.shuffle(order, new java.util.Random(8));
            Duration share = Duration.between(from, to).dividedBy(all);
            for (int i = 0; i < all; i++) {
                Instant at =
                        from.plus(share.multipliedBy(order.get(i)))
                                .plusNanos(random.nextLong(share.toNanos()) / 1_000 * 1_000);
                settle(replay);
                painted.clear();
                long begin = System.nanoTime();
                replay.seek(at);
                long end = await(painted, at, points);
                if (i >= WARM_UP) {
                    nanos.add(end - begin);
                }
            }
        }
        Samples samples = new Samples(nanos);
        Telling.say(progress, "seek to painted  %s", samples);
        return samples;
    }

    private static void painted(BlockingQueue<Painted> queue, Frame frame, long nanos) {
        frame.moment()
                .at()
                .ifPresent(at -> {
                    boolean _ = queue.offer(new Painted(at, frame.moment().state().size(), nanos));
                });
    }

    /** An operator does not jump again before he has seen something; the reel comes meanwhile. */
    private static void settle(ReplayTimeline replay) throws InterruptedException {
        FeedWatch.await(() -> !replay.playback().waits(), "the reel");
    }

    private static long await(BlockingQueue<Painted> painted, Instant at, int points)
            throws InterruptedException {
        while (true) {
            Painted next = painted.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (next == null) {
                throw new IllegalStateException("the moment " + at + " was never painted");
            }
            if (next.at().equals(at)) {
                if (next.points() < points) {
                    throw new IllegalStateException(next.points() + " points at " + at);
                }
                return next.nanos();
            }
        }
    }
}
