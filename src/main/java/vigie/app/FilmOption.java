package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import vigie.console.film.Film;
import vigie.console.film.FilmJob;
import vigie.console.film.FilmOrder;
import vigie.console.replay.Start;
import vigie.console.start.PixelSize;
import vigie.history.Work;
import vigie.plan.Plan;
import vigie.recording.Basis;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.Recorded;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** {@code --film FILE.gif|FOLDER/ [--fps N]}: a moving picture in place of a window. */
final class FilmOption {
    private static final int BROKEN_OFF = 1;

    @Option(names = "--film", paramLabel = "FILE", descriptionKey = "film")
    private @Nullable String file;

    @Option(names = "--fps", paramLabel = "N", descriptionKey = "fps")
    private @Nullable Integer fps;

    FilmOption() {}

    /** Whether a film is asked for. */
    boolean isGiven() {
        return file != null;
    }

    /**
     * The film asked for; empty: none.
     *
     * @param start the interval
     * @param chosen the speed, where the call says it; else one that makes half a minute of it
     * @param size of a picture
     * @throws Fault of kind {@code USAGE}, where there is no interval or no such rate
     */
    Optional<FilmOrder> order(
            Optional<Start> start, Optional<Double> chosen, PixelSize size, Instant now)
            throws Fault {
        String asked = file;
        if (asked == null) {
            if (fps != null) {
                throw usage(Sentence.of("film.fps-alone"));
            }
            return Optional.empty();
        }
        if (start.isEmpty() || !start.get().playing()) {
            throw usage(Sentence.of("film.no-interval"));
        }
        int rate = fps == null ? FilmOrder.USUAL_PER_SECOND : fps;
        if (rate < 1 || rate > FilmOrder.MOST_PER_SECOND) {
            throw usage(Sentence.of("film.fps", rate, FilmOrder.MOST_PER_SECOND));
        }
        Instant from = start.get().from();
        Instant to = start.get().to().isAfter(now) ? now : start.get().to();
        return Optional.of(
                new FilmOrder(
                        from,
                        to,
                        Basis.KNOWN_NOW,
                        chosen.orElseGet(() -> FilmOrder.usualSpeed(from, to)),
                        rate,
                        size,
                        path(asked),
                        asked.endsWith("/") || asked.endsWith(File.separator)));
    }

    /** Makes it; a signal ends it, and nothing is left of it then. */
    static int make(Invocation invocation, Recorded recorded, Plan plan, FilmOrder order)
            throws Fault, InterruptedException {
        Work work = new Work();
        try (Stopping stopping = new Stopping()) {
            stopping.then(work::cancel);
            stopping.with(BROKEN_OFF);
            Film film =
                    FilmJob.run(
                            recorded,
                            plan,
                            invocation.words(),
                            order,
                            new Progress(invocation).share("film.making"),
                            work);
            invocation
                    .out()
                    .println(
                            StateCommand.printable(
                                    invocation
                                            .words()
                                            .say(
                                                    "film.made",
                                                    film.file().toString(),
                                                    film.frames(),
                                                    film.bytes() / 1e6,
                                                    film.readings())));
            return 0;
        } catch (CancellationException cancelled) {
            invocation.notice("film.cancelled", order.file().toString());
            return BROKEN_OFF;
        }
    }

    /** A path forgets that it was written as a folder's. */
    private static Path path(String asked) throws Fault {
        try {
            return Path.of(asked);
        } catch (InvalidPathException wrong) {
            throw new Fault(
                    Fault.Kind.USAGE, Sentence.of("film.kind", asked), "no path: " + asked, wrong);
        }
    }

    private static Fault usage(Sentence sentence) {
        return new Fault(Fault.Kind.USAGE, sentence, sentence.key());
    }
}
