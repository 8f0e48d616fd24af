package vigie.console.start;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An end that is asked for while JavaFX still starts, as by a signal in the first half second. Its
 * own hook for the end takes apart what is not there yet, fails on a thread of its own, waits five
 * seconds for that and then complains. Here that is waited for no longer, and nobody reads of it:
 * the process ends at once, with the code of its signal.
 */
public final class EarlyEnd {
    /** What JavaFX calls its hook. */
    private static final String ITS_HOOK = "Glass/Prism Shutdown Hook";

    /** So long the hook may take, if it has something to do after all. */
    private static final long MILLIS = 500;

    private EarlyEnd() {}

    /**
     * Whether the process ends already: what no thread caught from then on is of no use to anybody.
     * Any thread.
     */
    public static boolean isUnderWay() {
        try {
            Thread probe = Thread.ofPlatform().unstarted(() -> {});
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    /**
     * From now on what no thread caught is logged, and is no error where the process ends already.
     * Where somebody else takes what nobody caught, nothing happens. To be called before there are
     * threads that could fail.
     */
    public static void keepQuiet() {
        if (Thread.getDefaultUncaughtExceptionHandler() == null) {
            Thread.setDefaultUncaughtExceptionHandler(EarlyEnd::note);
        }
    }

    private static void note(Thread thread, Throwable thrown) {
        if (isUnderWay()) {
            log().info("{} failed while the process ends: {}", thread.getName(), thrown.toString());
        } else {
            log().error("not caught in {}", thread.getName(), thrown);
        }
    }

    /**
     * From now on JavaFX starts.
     *
     * @return for {@link #forget}, when it runs
     */
    static Thread expect() {
        Thread hook = Thread.ofPlatform().name("vigie-early-end").unstarted(EarlyEnd::end);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException ending) {
            log().debug("the process ends before JavaFX starts");
        }
        return hook;
    }

    /** JavaFX runs, and can end in order; or it never will run. */
    static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            log().debug("the process ends while JavaFX starts");
        }
    }

    private static void end() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(ITS_HOOK)) {
                end(thread);
            }
        }
    }

    /** Lets a hook wait no longer. */
    static void end(Thread hook) {
        try {
            hook.join(MILLIS);
            if (hook.isAlive()) {
                hook.setUncaughtExceptionHandler((_, _) -> {});
                hook.interrupt();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Made when it is needed: at first there is no log. */
    private static Logger log() {
        return LoggerFactory.getLogger(EarlyEnd.class);
    }
}
