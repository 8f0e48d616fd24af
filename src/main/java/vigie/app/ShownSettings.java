package vigie.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.plan.OpenedPlan;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a window shows according to its files, also when they change while it is open: the settings,
 * the password beside them, the plan. What is wrong with a file does not take away what is shown.
 * Reads on one thread of its own; {@link #configuration} and {@link #plan} are for any.
 */
final class ShownSettings {
    /** Reads the files anew. */
    interface Files {
        /** The file of the settings that counts, or would if it were there. */
        List<Path> settings();

        Configuration configuration() throws Fault;

        /** The file of the plan; empty: the built-in one. */
        Optional<Path> plan(Configuration configuration);

        OpenedPlan open(Configuration configuration);
    }

    /** Shows what was read, on the thread that reads. */
    interface Window {
        /**
         * Told whenever a file has changed.
         *
         * @param differs whether settings or plan are others than before; the password may be
         *     another one all the same
         * @throws Fault it cannot be shown; what was shown stays
         */
        void show(Configuration configuration, OpenedPlan plan, boolean differs) throws Fault;

        /** What is wrong with the settings, so that older ones count; empty: nothing. */
        void notice(Optional<Sentence> wrong);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ShownSettings.class);

    private final Files files;
    private volatile Configuration configuration;
    private volatile OpenedPlan plan;

    // The thread of the watch.
    private Configuration drawnBy;
    private OpenedPlan drawn;
    private Optional<Path> file;
    private Optional<OpenedPlan> good;
    private String lastWrong = "";

    /**
     * @param configuration as it was read for the window
     * @param plan as it was opened for the window
     */
    ShownSettings(Files files, Configuration configuration, OpenedPlan plan) {
        this.files = files;
        this.configuration = configuration;
        this.plan = plan;
        drawnBy = configuration;
        drawn = plan;
        file = files.plan(configuration);
        good = Optional.of(plan).filter(ShownSettings::isAsked);
    }

    /** The newest that could be read. */
    Configuration configuration() {
        return configuration;
    }

    /** The plan that is shown. */
    OpenedPlan plan() {
        return plan;
    }

    /** Follows the files until the watch is closed. */
    FileWatch follow(Window window) {
        return follow(window, FileWatch.PACE);
    }

    FileWatch follow(Window window, Duration pace) {
        return FileWatch.begin(this::watched, pace, () -> look(window));
    }

    private List<Path> watched() {
        List<Path> all = new ArrayList<>(files.settings());
        try {
            configuration.passwordFile().ifPresent(all::add);
        } catch (Fault noName) {
            LOG.trace("no file of a password");
        }
        file.ifPresent(all::add);
        return all;
    }

    private void look(Window window) {
        Optional<Sentence> wrong = Optional.empty();
        Configuration settled = configuration;
        try {
            settled = files.configuration();
        } catch (Fault refused) {
            wrong = Optional.of(log(refused));
        }
        OpenedPlan opened = plan(settled);
        boolean differs =
                !settled.equals(drawnBy)
                        || !opened.plan().equals(drawn.plan())
                        || !opened.banner().equals(drawn.banner());
        configuration = settled;
        plan = opened;
        try {
            window.show(settled, opened, differs);
            drawnBy = settled;
            drawn = opened;
        } catch (Fault refused) {
            Sentence why = log(refused);
            wrong = wrong.or(() -> Optional.of(why));
        }
        window.notice(wrong);
        if (wrong.isEmpty()) {
            lastWrong = "";
        }
    }

    /** What is wrong with the file of the plan shown does not change what is drawn. */
    private OpenedPlan plan(Configuration settled) {
        Optional<Path> before = file;
        OpenedPlan opened = files.open(settled);
        file = files.plan(settled);
        if (isAsked(opened)) {
            good = Optional.of(opened);
            return opened;
        }
        if (good.isEmpty() || !file.equals(before)) {
            good = Optional.empty();
            return opened;
        }
        return new OpenedPlan(
                good.get().plan(),
                OpenedPlan.Origin.LAST_GOOD,
                opened.fault(),
                opened.fault().map(fault -> Sentence.of("plan.shows-still", fault.sentence())));
    }

    private static boolean isAsked(OpenedPlan plan) {
        return plan.banner().isEmpty();
    }

    /** Once, not with every look. */
    private Sentence log(Fault refused) {
        String why = String.valueOf(refused.getMessage());
        if (!why.equals(lastWrong)) {
            lastWrong = why;
            LOG.warn("changed settings are not taken over: {}", why);
        }
        return refused.sentence();
    }
}
