package vigie.timeline;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.history.Work;
import vigie.point.Reading;
import vigie.recording.Basis;
import vigie.recording.Playhead;
import vigie.recording.Reel;
import vigie.recording.Step;
import vigie.room.Fact;
import vigie.room.RoomState;
import vigie.text.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The past, played. All that changes does so on one thread; what is read is read on virtual threads
 * and handed over. Each moment comes out of one reel: the room at its beginning and the steps up to
 * the moment, folded; so it does not matter by which way one came to it.
 */
public final class ReplayTimeline implements Replay {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayTimeline.class);

    /** Milliseconds between two moments while it plays: those of a screen's frames. */
    private static final long TICK = 16;

    /** A computer that slept must not make it leap, nanoseconds. */
    private static final long LONGEST_TICK = 250_000_000;

    /** Seconds of the watch that are read ahead. */
    private static final double AHEAD = 3;

    /** So late a recorder may commit. */
    private static final Duration YOUNG = Duration.ofMinutes(5);

    /** A hand that looks for something does not stand still so long. */
    private static final Duration REST = Duration.ofMillis(400);

    /** A picture of a moment is on the screen by then. */
    private static final Duration PAINTED = Duration.ofMillis(80);

    private static final Duration AGAIN = Duration.ofSeconds(2);

    /** So often it is asked how far the present has moved on the end of what can be shown. */
    private static final Duration END_AGAIN = Duration.ofSeconds(10);

    /** Reels meet at a moment; the next one begins to differ this much later. */
    private static final Duration LEAST = Duration.ofNanos(1_000);

    /** What began so lately may still go on, and is known with what comes. */
    private static final Duration NEAR = Duration.ofHours(1);

    /** What happens is known this far ahead before it is hurried towards. */
    private static final Duration KNOWN_AHEAD = Duration.ofMinutes(30);

    private static final Duration KNOWN_AT_ONCE = Duration.ofHours(6);

    /** Runs things later; stands for the clock in tests. */
    interface Later {
        /** Runs it on the replay's own thread. */
        void run(Runnable work, Duration after);
    }

    /** A key that is held down must not make it go on long after it is let go. */
    private static final int MOST_QUEUED = 4;

    /** How a replay begins; {@link Playback} says what the words mean. */
    public record Settings(
            Instant at, Optional<Instant> from, Optional<Instant> to, Basis basis, double speed) {}

    private final Recorded recorded;
    private final Optional<Instant> firstOfAll;
    private final Optional<Instant> lastOfAll;
    private final Executor home;
    private final Later later;
    private final LongSupplier nanos;
    private final Runnable end;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Moment moment;
    private volatile Playback playback;
    private volatile long folded;
    private volatile boolean closed;

    // The replay's own thread only, from here on.
    private final ReelReader reels;
    private final AutoCloseable lateRows;
    private final Quiet quiet = new Quiet();
    private @Nullable Playhead head;
    private Instant at;
    private Instant from;
    private Instant to;
    private boolean playing;
    private boolean backwards;
    private double speed;
    private double pace;
    private boolean skipsQuiet;
    private boolean ended;
    private Optional<Until> until = Optional.empty();
    private boolean untilHeld;
    private Optional<Sentence> stoppedAt = Optional.empty();

    /** Where it is on its way to, while that is still being read. */
    private @Nullable Instant goal;

    private @Nullable Work search;

    /** What was asked for while an event was looked for, and is to begin there. */
    private final Deque<Runnable> queued = new ArrayDeque<>();

    private @Nullable Work outlook;
    private long lastTick;
    private boolean ticking;
    private RateMeter rate;

    /**
     * @param home runs what it is given on the replay's own thread, in order
     * @param readers runs what blocks
     * @param nanos nanoseconds that are never set back
     * @param budget bytes of reels to keep
     * @param end ends the threads
     */
    ReplayTimeline(
            Recorded recorded,
            Settings settings,
            Executor home,
            Executor readers,
            Later later,
            LongSupplier nanos,
            long budget,
            Runnable end) {
        this.recorded = recorded;
        this.home = home;
        this.later = later;
        this.nanos = nanos;
        this.end = end;
        reels =
                new ReelReader(
                        recorded, settings.basis(), home, readers, later, budget, new Told());
        lateRows = recorded.onLate((begins, _) -> act(() -> outdate(begins)));
        firstOfAll = settings.from();
        lastOfAll = settings.to();
        at = settings.at();
        from = firstOfAll.orElse(at);
        to = lastOfAll.orElse(at);
        speed = within(settings.speed());
        pace = speed;
        rate = new RateMeter(nanos.getAsLong());
        moment = Moment.past(RoomState.EMPTY, vigie.room.Cadences.NONE, Map.of(), at, 0);
        playback = made(true);
    }

    /** Opens a replay, standing at its first moment, and returns at once. */
    public static ReplayTimeline start(Recorded recorded, Settings settings) {
        ScheduledExecutorService own =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("vigie-replay").daemon().factory());
        long budget = Math.max(32L << 20, Runtime.getRuntime().maxMemory() / 8);
        ReplayTimeline replay =
                new ReplayTimeline(
                        recorded,
                        settings,
                        work -> {
                            try {
                                own.execute(work);
                            } catch (RejectedExecutionException closed) {
                                LOG.trace("after the end");
                            }
                        },
                        work -> Thread.ofVirtual().name("vigie-replay-read").start(work),
                        (work, after) -> {
                            try {
                                var _ = own.schedule(work, after.toMillis(), TimeUnit.MILLISECONDS);
                            } catch (RejectedExecutionException closed) {
                                LOG.trace("after the end");
                            }
                        },
                        System::nanoTime,
                        budget,
                        own::shutdownNow);
        replay.begin();
        return replay;
    }

    /** Reads what is needed to show the first moment. */
    void begin() {
        home.execute(() -> {
            // A moment that there is nothing of would be waited for, for ever.
            reels.waitForBounds(at);
            askBounds();
        });
    }

    private void askBounds() {
        askExtent(
                () -> {
                    go(bounded(at));
                    followEnd();
                },
                () -> later.run(this::askBounds, AGAIN));
    }

    /** An end that nobody named moves on with the present, also while the replay stands. */
    private void followEnd() {
        if (lastOfAll.isEmpty()) {
            later.run(
                    () -> {
                        if (!closed) {
                            askExtent(this::followEnd, this::followEnd);
                        }
                    },
                    END_AGAIN);
        }
    }

    // ---- the face

    @Override
    public Moment moment() {
        return moment;
    }

    @Override
    public Instant now() {
        return playback.at();
    }

    @Override
    public Playback playback() {
        return playback;
    }

    /** How many readings were folded on the way, going forward. Any thread. */
    public long folded() {
        return folded;
    }

    @Override
    public AutoCloseable onChange(Runnable changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    @Override
    public void seek(Instant wanted) {
        act(() -> {
            queued.clear();
            moves();
            go(bounded(wanted));
        });
    }

    @Override
    public void play(boolean backwardsNow) {
        fromEvent(() -> {
            moves();
            backwards = backwardsNow;
            playing = true;
            keepGoing();
        });
    }

    @Override
    public void pause() {
        fromEvent(() -> {
            playing = false;
            pace = speed;
        });
    }

    @Override
    public void speed(double wanted) {
        act(() -> {
            speed = within(wanted);
            pace = speed;
        });
    }

    @Override
    public void skipQuiet(boolean skips) {
        act(() -> {
            skipsQuiet = skips;
            pace = speed;
        });
    }

    @Override
    public void step(boolean back) {
        fromEvent(() -> {
            moves();
            playing = false;
            backwards = back;
            if (back) {
                stepBack(here());
            } else {
                stepOn(here());
            }
        });
    }

    @Override
    public void jump(Set<Occurrence.Kind> kinds, boolean back) {
        Set<Occurrence.Kind> wanted = Set.copyOf(kinds);
        fromEvent(() -> {
            moves();
            playing = false;
            backwards = back;
            find(wanted, back);
        });
    }

    @Override
    public void until(Optional<Until> wanted) {
        act(() -> {
            until = wanted;
            untilHeld = wanted.isPresent() && wanted.get().holds(moment.state());
            stoppedAt = Optional.empty();
        });
    }

    @Override
    public void basis(Basis wanted) {
        act(() -> {
            if (wanted != reels.basis()) {
                reels.basis(wanted);
                go(here());
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        try {
            lateRows.close();
        } catch (Exception closing) { // the boundary of AutoCloseable, which declares it
            LOG.warn("while closing", closing);
        }
        reels.close();
        home.execute(() -> {
            reels.cancel();
            for (Work work : new Work[] {search, outlook}) {
                if (work != null) {
                    work.cancel();
                }
            }
            end.run();
        });
    }

    private void act(Runnable change) {
        home.execute(() -> {
            if (!closed) {
                change.run();
                tell();
            }
        });
    }

    /** At once, or from the event that is still being looked for. */
    private void fromEvent(Runnable change) {
        act(() -> {
            if (search == null) {
                change.run();
            } else if (queued.size() < MOST_QUEUED) {
                queued.add(change);
            }
        });
    }

    private void goOnFromEvent() {
        while (search == null && !queued.isEmpty()) {
            queued.remove().run();
        }
    }

    /** Where it stands, or is about to. */
    private Instant here() {
        Instant wanted = goal;
        return wanted != null ? wanted : at;
    }

    /** Somebody moves it: what it stopped at is history. */
    private void moves() {
        ended = false;
        stoppedAt = Optional.empty();
        if (search != null) {
            search.cancel();
            search = null;
        }
    }

    private Instant bounded(Instant wanted) {
        return wanted.isBefore(from) ? from : wanted.isAfter(to) ? to : wanted;
    }

    private static double within(double speed) {
        return Math.clamp(speed, Playback.SLOWEST, Playback.FASTEST);
    }

    // ---- what is shown

    private Playback made(boolean waits) {
        return new Playback(
                at,
                from,
                to,
                reels.basis(),
                playing,
                backwards,
                speed,
                pace,
                skipsQuiet,
                waits,
                ended,
                until,
                stoppedAt,
                reels.fault());
    }

    private void show(RoomState state, Reel reel) {
        moment =
                Moment.past(
                        state,
                        reel.cadences(),
                        reel.widths(),
                        at,
                        rate.perSecond(nanos.getAsLong()));
    }

    private void tell() {
        playback = made(reels.isWaited());
        for (Runnable changed : listeners) {
            try {
                changed.run();
            } catch (RuntimeException broken) {
                LOG.error("a listener of the replay failed", broken);
            }
        }
    }

    // ---- going to a moment

    /** Shows a moment as soon as it can. */
    private void go(Instant wanted) {
        Optional<Reel> known = reels.holding(wanted);
        if (known.isPresent() && mayGrow(known.get())) {
            reels.remove(known.get());
            known = Optional.empty();
        }
        if (known.isPresent()) {
            reels.waitNoMore();
            arrive(known.get(), wanted);
            return;
        }
        head = null;
        goal = wanted;
        reels.needElsewhere(
                wanted,
                playing ? Duration.ZERO : PAINTED,
                () -> reels.holding(wanted).ifPresent(reel -> arrive(reel, wanted)));
    }

    /** Rows came of a time long past, or were repaired: what is shown may have been otherwise. */
    private void outdate(Instant begins) {
        reels.outdate(begins);
        if (!at.isBefore(begins) && !reels.isWaited()) {
            go(at);
        }
    }

    /** What comes of reading. */
    private final class Told implements ReelReader.Face {
        @Override
        public void arrived(Instant shown, Reel reel) {
            at = shown;
            show(reel.at(shown), reel);
        }

        @Override
        public void changed() {
            tell();
        }
    }

    /** Rows of the last minutes may still come. */
    private boolean mayGrow(Reel reel) {
        return lastOfAll.isEmpty() && reel.to().isAfter(to.minus(YOUNG));
    }

    private void arrive(Reel reel, Instant wanted) {
        Playhead now = reel.play();
        now.advance(wanted);
        head = now;
        at = wanted;
        goal = null;
        show(now.state(), reel);
        reels.fault(Optional.empty());
        until.ifPresent(one -> untilHeld = one.holds(now.state()));
        if (playing) {
            readAhead();
            keepGoing();
        } else {
            later.run(() -> readAheadAt(now), REST);
        }
    }

    /** Who looks at a moment for a while is likely to play on from there. */
    private void readAheadAt(Playhead then) {
        if (!closed && head == then && !playing) {
            readAhead();
        }
    }

    private void askExtent(Runnable then, Runnable failed) {
        Work work = new Work();
        reels.read(
                work,
                () -> recorded.extent(work),
                extent -> {
                    extent.ifPresentOrElse(
                            its -> {
                                reels.fault(Optional.empty());
                                from = firstOfAll.filter(its.from()::isBefore).orElse(its.from());
                                to = lastOfAll.filter(its.to()::isAfter).orElse(its.to());
                                from = from.isAfter(to) ? to : from;
                            },
                            () -> reels.fault(Optional.of(Sentence.of("playing.nothing"))));
                    then.run();
                },
                failed);
    }

    // ---- playing

    private void keepGoing() {
        if (playing && !reels.isWaited() && !ticking) {
            ticking = true;
            lastTick = nanos.getAsLong();
            later.run(this::tick, Duration.ofMillis(TICK));
        }
    }

    /** Time has gone on. */
    void tick() {
        ticking = false;
        if (closed || !playing || reels.isWaited() || head == null) {
            return;
        }
        long now = nanos.getAsLong();
        double seconds = Math.min(LONGEST_TICK, now - lastTick) / 1e9;
        lastTick = now;
        pace = skipsQuiet ? quiet.pace(at, speed, backwards) : speed;
        long way = Math.max(1_000, Math.round(seconds * pace * 1e9));
        if (backwards) {
            goBack(at.minusNanos(way));
        } else {
            goForward(at.plusNanos(way));
        }
        readAhead();
        if (playing && !reels.isWaited()) {
            ticking = true;
            later.run(this::tick, Duration.ofMillis(TICK));
        }
        tell();
    }

    private void goForward(Instant wanted) {
        Instant goal = wanted.isAfter(to) ? to : wanted;
        while (true) {
            Playhead now = head;
            if (now == null) {
                return;
            }
            Reel reel = now.reel();
            Instant stop = goal.isAfter(reel.to()) ? reel.to() : goal;
            long before = now.folded();
            boolean reached = advance(now, stop);
            count(now.folded() - before);
            at = reached ? at : stop;
            show(now.state(), reel);
            if (reached) {
                return;
            }
            if (!goal.isAfter(reel.to())) {
                if (!wanted.isBefore(to)) {
                    arrivedAtEnd();
                }
                return;
            }
            Instant next = reel.to().plus(LEAST);
            Optional<Reel> following = reels.holding(next);
            if (following.isEmpty()) {
                reels.need(
                        next,
                        () -> {
                            reels.holding(next).ifPresent(this::enter);
                            keepGoing();
                        });
                return;
            }
            enter(following.get());
        }
    }

    /**
     * Goes on in another reel. One that was read anew because the present has moved on begins
     * earlier: what was folded already is not counted again.
     */
    private void enter(Reel reel) {
        Playhead now = reel.play();
        now.advance(at);
        head = now;
    }

    /** Whether what it plays until was reached. */
    private boolean advance(Playhead now, Instant stop) {
        if (until.isEmpty()) {
            now.advance(stop);
            return false;
        }
        Until wanted = until.get();
        Instant[] when = {at};
        boolean reached =
                now.advance(
                        stop,
                        step -> {
                            when[0] = step.at();
                            return turns(wanted, step);
                        });
        if (reached) {
            at = when[0];
            playing = false;
            pace = speed;
            stoppedAt =
                    Optional.of(
                            Sentence.of(
                                    "playing.until-reached",
                                    wanted.point().name(),
                                    wanted.comparison().sign(),
                                    wanted.value()));
            // The whole moment is shown, as a jump to it would.
            now.advance(at);
        }
        return reached;
    }

    /** Whether the condition begins to hold with a step. */
    private boolean turns(Until wanted, Step step) {
        boolean held = untilHeld;
        for (Fact fact : step.group().facts()) {
            if (fact instanceof Fact.Observed(Reading reading)
                    && reading.point().equals(wanted.point())) {
                untilHeld = wanted.holds(reading);
            }
        }
        return untilHeld && !held;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by this thread only
    private void count(long readings) {
        folded += readings;
        rate.add((int) readings, nanos.getAsLong());
    }

    /** A database's present has moved on meanwhile; what was named as the end has not. */
    private void arrivedAtEnd() {
        Instant known = to;
        playing = false;
        pace = speed;
        ended = true;
        if (lastOfAll.isEmpty()) {
            askExtent(
                    () -> {
                        if (to.isAfter(known.plusSeconds(1)) && ended && at.equals(known)) {
                            ended = false;
                            playing = true;
                            keepGoing();
                        }
                    },
                    () -> {});
        }
    }

    private void goBack(Instant wanted) {
        Instant goal = wanted.isBefore(from) ? from : wanted;
        Playhead now = head;
        if (now == null) {
            return;
        }
        Reel reel = now.reel();
        if (goal.isBefore(reel.from())) {
            Optional<Reel> before = reels.holding(goal);
            if (before.isEmpty()) {
                // Not a moment is left out on the way, so the one before this reel comes first.
                Instant next = reel.from().minus(LEAST);
                Instant asked = next.isBefore(from) ? from : next;
                rewind(reel, reel.from());
                if (reels.holding(asked).isPresent()) {
                    reels.holding(asked).ifPresent(found -> rewind(found, found.from()));
                } else {
                    reels.need(
                            asked,
                            () -> {
                                reels.holding(asked).ifPresent(found -> rewind(found, asked));
                                keepGoing();
                            });
                }
                return;
            }
            reel = before.get();
        }
        rewind(reel, goal);
        if (!goal.isAfter(from)) {
            playing = false;
            pace = speed;
            ended = true;
        }
    }

    private void rewind(Reel reel, Instant wanted) {
        Playhead now = reel.play();
        now.advance(wanted);
        head = now;
        at = wanted;
        show(now.state(), reel);
        until.ifPresent(one -> untilHeld = one.holds(now.state()));
    }

    /** Reads what comes next before it is needed. */
    private void readAhead() {
        Playhead now = head;
        if (now == null) {
            return;
        }
        Instant far =
                backwards
                        ? at.minusNanos((long) (pace * AHEAD * 1e9))
                        : at.plusNanos((long) (pace * AHEAD * 1e9));
        Instant next = backwards ? now.reel().from().minus(LEAST) : now.reel().to().plus(LEAST);
        for (int i = 0; i < 64 && reels.isFree(); i++) {
            boolean beyond =
                    backwards
                            ? next.isBefore(from) || (i > 0 && next.isBefore(far))
                            : next.isAfter(to) || (i > 0 && next.isAfter(far));
            if (beyond) {
                break;
            }
            Optional<Reel> known = reels.holding(next);
            if (known.isEmpty()) {
                reels.readReel(next);
                break;
            }
            next = backwards ? known.get().from().minus(LEAST) : known.get().to().plus(LEAST);
        }
        if (skipsQuiet && outlook == null && !quiet.knows(at, KNOWN_AHEAD, backwards)) {
            lookOut();
        }
    }

    /** Asks what happens in the next hours. */
    private void lookOut() {
        Instant begin = backwards ? at.minus(KNOWN_AT_ONCE) : at.minus(NEAR);
        Instant finish = backwards ? at.plus(NEAR) : at.plus(KNOWN_AT_ONCE);
        Work work = new Work();
        outlook = work;
        reels.read(
                work,
                () -> {
                    List<Instant> turns = new ArrayList<>();
                    recorded.occurrences(
                            begin,
                            finish,
                            work,
                            one -> {
                                turns.add(one.at());
                                one.to().ifPresent(turns::add);
                            });
                    return turns;
                },
                turns -> {
                    outlook = null;
                    quiet.know(begin, finish, turns);
                },
                () -> later.run(() -> outlook = null, AGAIN));
    }

    // ---- steps and jumps

    /** The next moment at which something was recorded. */
    private void stepOn(Instant after) {
        withReel(
                after.plus(LEAST),
                reel -> {
                    Playhead now = reel.play();
                    now.advance(after);
                    Optional<Instant> next = now.next().map(Step::at);
                    if (next.isPresent() && !next.get().isAfter(to)) {
                        arrive(reel, next.get());
                    } else if (next.isEmpty() && reel.to().isBefore(to)) {
                        stepOn(reel.to());
                    } else {
                        ended = true;
                        go(to);
                    }
                });
    }

    private void stepBack(Instant before) {
        stepBack(before, before.minus(LEAST));
    }

    /**
     * @param in a moment of the reel to look in; what happens where two meet belongs to the earlier
     */
    private void stepBack(Instant before, Instant in) {
        if (!before.isAfter(from)) {
            ended = true;
            go(from);
            return;
        }
        withReel(
                in,
                reel -> {
                    Playhead now = reel.play();
                    @Nullable Instant last = null;
                    while (now.next().isPresent() && now.next().get().at().isBefore(before)) {
                        last = now.next().get().at();
                        now.step();
                    }
                    if (last != null && !last.isBefore(from)) {
                        arrive(reel, last);
                    } else if (last == null && reel.from().isAfter(from)) {
                        stepBack(reel.from().plus(LEAST), reel.from().minus(LEAST));
                    } else {
                        ended = true;
                        go(from);
                    }
                });
    }

    private void withReel(Instant wanted, ReelReader.Answer<Reel> then) {
        Optional<Reel> known = reels.holding(wanted);
        if (known.isPresent()) {
            reels.waitNoMore();
            then.take(known.get());
        } else {
            reels.need(wanted, () -> reels.holding(wanted).ifPresent(then::take));
        }
    }

    private void find(Set<Occurrence.Kind> kinds, boolean back) {
        Instant here = here();
        Instant first = from;
        Instant last = to;
        Work work = new Work();
        search = work;
        reels.read(
                work,
                () ->
                        NearestOccurrence.find(
                                recorded, kinds, here, back ? first : last, back, work),
                found -> {
                    if (search != work) {
                        return;
                    }
                    search = null;
                    if (found.isPresent()) {
                        go(bounded(found.get()));
                    } else {
                        stoppedAt =
                                Optional.of(
                                        Sentence.of(
                                                back
                                                        ? "playing.none-before"
                                                        : "playing.none-after"));
                    }
                    goOnFromEvent();
                },
                () -> {
                    if (search == work) {
                        search = null;
                        queued.clear();
                    }
                });
    }
}
