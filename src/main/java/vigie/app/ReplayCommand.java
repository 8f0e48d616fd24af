package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import vigie.console.words.RoomZone;
import vigie.history.History;
import vigie.history.HistoryPoint;
import vigie.history.RowStream;
import vigie.history.Work;
import vigie.point.PointId;
import vigie.point.Reading;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * {@code vigie replay --from T}: the readings of the past as {@code tail} would have printed them,
 * as fast as they are read or at the speed asked for, until the end, or until it is stopped or
 * nobody reads it any more.
 */
@Command(name = "replay")
final class ReplayCommand extends Subcommand {
    private static final int NOTHING_FOUND = 1;

    /** So many lines leave together where nobody waits for them one by one. */
    private static final int TOGETHER = 256;

    private static final double NANOS = 1e9;

    @Mixin private DatabaseOption database;

    @Mixin private PlanOption plan;

    @Mixin private RangeOption range;

    @Option(names = "--speed", paramLabel = "N", converter = Speed.Converter.class)
    private @Nullable Speed speed;

    @Option(names = "--format", paramLabel = "text|json")
    private FormatOption.Choice format = FormatOption.Choice.JSON;

    @Parameters(paramLabel = "POINT", descriptionKey = "POINT", arity = "0..*")
    private List<String> wanted = new ArrayList<>();

    ReplayCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        if (speed != null) {
            speed.checked();
        }
        Configuration configuration = configuration();
        ZoneId zone = RoomZone.of(plan.open(invocation(), configuration).plan());
        RangeOption.Range asked = range.range(zone, Instant.now());
        asked.notes().forEach(note -> invocation().complain(invocation().words().say(note)));
        DatabaseAddress address = database.address(invocation(), configuration);
        Work work = new Work();
        try (Stopping stopping = new Stopping();
                History history =
                        new History(address, DatabaseOption.own(invocation(), address), zone)) {
            stopping.then(work::cancel);
            stopping.whenNobodyReads();
            List<Glob> globs = wanted.stream().map(Glob::new).toList();
            Printing printing = new Printing(stopping, asked.from(), zone);
            try {
                new RowStream(history, point -> isWanted(globs, point))
                        .read(asked.from(), asked.to(), work, printing);
            } finally {
                // What was read before a fault is whole lines, and somebody's.
                printing.lines.flush();
            }
            boolean known = sayUnknown(history, globs, printing.told, work);
            if (printing.count == 0) {
                if (known) {
                    invocation().notice("app.replay.none");
                }
                return NOTHING_FOUND;
            }
            return 0;
        } catch (CancellationException stopped) {
            // Whoever read has what he wanted.
            return 0;
        }
    }

    /**
     * Of what was asked for and not told says what no point was ever called.
     *
     * @return whether somebody was
     */
    private boolean sayUnknown(History history, List<Glob> globs, Set<PointId> told, Work work)
            throws Fault {
        List<Glob> silent =
                globs.stream().filter(glob -> told.stream().noneMatch(glob::matches)).toList();
        if (silent.isEmpty()) {
            return true;
        }
        List<PointId> all = history.points(work).stream().map(HistoryPoint::name).toList();
        boolean known = silent.size() < globs.size();
        for (Glob glob : silent) {
            Optional<PointId> name = glob.name();
            if (all.stream().anyMatch(glob::matches)
                    || (name.isPresent() && history.find(name.get(), work).isPresent())) {
                known = true;
            } else {
                UnknownPoint.say(invocation(), glob.toString(), all);
            }
        }
        return known;
    }

    private static boolean isWanted(List<Glob> globs, PointId point) {
        return globs.isEmpty() || globs.stream().anyMatch(glob -> glob.matches(point));
    }

    /** Writes rows when they are due. The command's thread. */
    private final class Printing implements RowStream.Sink {
        private final TailLines lines;
        private final Set<PointId> told = new HashSet<>();
        private final Stopping stopping;
        private final Instant from;
        private final long began = System.nanoTime();
        private long count;

        Printing(Stopping stopping, Instant from, ZoneId zone) {
            this.stopping = stopping;
            this.from = from;
            lines =
                    format == FormatOption.Choice.JSON
                            ? new JsonLines(invocation().out())
                            : new TextLines(invocation(), zone);
        }

        @Override
        public void reading(Reading reading) {
            await(reading.time());
            lines.reading(reading);
            told.add(reading.point());
            told();
        }

        @Override
        public void recorder(boolean records, Instant at) {
            await(at);
            lines.recorder(records ? "started" : "stopped", at);
            told();
        }

        private void told() {
            count++;
            if (count % TOGETHER == 0) {
                send();
            }
        }

        private void send() {
            if (!lines.flush()) {
                stopping.ask();
                throw new CancellationException("nobody reads any more");
            }
        }

        /** Rests until a moment of the past is due; one that came late is due at once. */
        private void await(Instant moment) {
            if (speed == null) {
                return;
            }
            Duration past = Duration.between(from, moment);
            double seconds = (past.getSeconds() + past.getNano() / NANOS) / speed.times();
            long due = (long) (seconds * NANOS) - (System.nanoTime() - began);
            if (due <= 0) {
                return;
            }
            send();
            try {
                if (stopping.await(Duration.ofNanos(due))) {
                    throw new CancellationException("stopped");
                }
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            }
        }
    }
}
