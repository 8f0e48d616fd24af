package vigie.console.wall;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Watches whether the window still lives: its thread must answer, and where a room is followed new
 * frames must come. When not, it says so once, with what all threads are doing, and whoever hears
 * it ends the process, for nobody sits in front of a wall who could.
 *
 * <p>It counts only time in which it ran itself: a machine that slept, or a process that was
 * stopped, was not stuck.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    /** How often it looks. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    /**
     * How patient it is.
     *
     * @param answer until the JavaFX thread has answered
     * @param frame until another frame is shown while a room is followed
     */
    public record Patience(Duration answer, Duration frame) {
        /** The window of a healthy program answers within a frame, and shows one each second. */
        public static final Patience USUAL =
                new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    private final Patience patience;
    private final Duration period;
    private final LongSupplier monotonic;
    private final Executor window;
    private final Consumer<String> stuck;
    private final Thread thread;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicBoolean shown = new AtomicBoolean();
    private volatile boolean followed;

    // Its own thread only.
    private long lastLook;
    private long awake;
    private long askedAt;
    private long shownAt;
    private boolean told;

    /**
     * A watchdog that does not look yet.
     *
     * @param window runs work on the JavaFX thread
     * @param stuck is told why, once, on the watchdog's thread
     */
    public Watchdog(Patience patience, Executor window, Consumer<String> stuck) {
        this(patience, PERIOD, System::nanoTime, window, stuck);
    }

    Watchdog(
            Patience patience,
            Duration period,
            LongSupplier monotonic,
            Executor window,
            Consumer<String> stuck) {
        this.patience = patience;
        this.period = period;
        this.monotonic = monotonic;
        this.window = window;
        this.stuck = stuck;
        lastLook = monotonic.getAsLong();
        thread = Thread.ofPlatform().daemon().name("vigie-watchdog").unstarted(this::run);
    }

    /** Begins to look. Called once. */
    public void start() {
        thread.start();
    }

    /** A frame was shown. Any thread. */
    public void shown() {
        shown.set(true);
    }

    /** Whether a room is followed, so that frames must come. Any thread. */
    public void follows(boolean isFollowed) {
        followed = isFollowed;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!told) {
                Thread.sleep(period);
                look();
            }
        } catch (InterruptedException closed) {
            LOG.debug("the watchdog ends");
        }
    }

    /** Looks once. */
    void look() {
        long now = monotonic.getAsLong();
        // More than two periods: it was not running itself.
        awake += Math.clamp(now - lastLook, 0, 2 * period.toNanos());
        lastLook = now;
        if (shown.getAndSet(false) || !followed) {
            shownAt = awake;
        }
        if (asked.compareAndSet(false, true)) {
            askedAt = awake;
            window.execute(() -> asked.set(false));
        }
        if (asked.get() && awake - askedAt >= patience.answer().toNanos()) {
            tell("the window has not answered for " + seconds(awake - askedAt));
        } else if (followed && awake - shownAt >= patience.frame().toNanos()) {
            tell("no frame was shown for " + seconds(awake - shownAt));
        }
    }

    private void tell(String why) {
        if (!told) {
            told = true;
            stuck.accept(why);
        }
    }

    private static String seconds(long nanos) {
        return nanos / 1_000_000_000L + " s";
    }

    /** What all threads of the platform are doing, for the log. */
    public static String stacks() {
        StringBuilder text = new StringBuilder(8_192);
        Thread.getAllStackTraces().entrySet().stream()
                .sorted(
                        Comparator.comparing((Map.Entry<Thread, StackTraceElement[]> entry) ->
                                entry.getKey().getName()))
                .forEach(entry -> {
                    text.append('"').append(entry.getKey().getName()).append("\" ");
                    text.append(entry.getKey().getState()).append('\n');
                    for (StackTraceElement line : entry.getValue()) {
                        text.append("    at ").append(line).append('\n');
                    }
                });
        return text.toString();
    }
}
