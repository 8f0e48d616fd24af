package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import vigie.console.words.RoomZone;
import vigie.feed.Present;
import vigie.history.History;
import vigie.history.HistoryPoint;
import vigie.history.PastState;
import vigie.history.Work;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Quality;
import vigie.point.Reading;
import vigie.recorder.CadenceReader;
import vigie.recorder.RecorderSchema;
import vigie.room.Cadences;
import vigie.room.Freshness;
import vigie.room.PointState;
import vigie.room.RoomState;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Moments;
import vigie.text.Sentence;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code vigie state [POINT…] [--at T]}: the state of all points, or of those named, at present or
 * at a moment of the past.
 */
@Command(name = "state")
final class StateCommand extends Subcommand {
    private static final int NOTHING_FOUND = 1;
    private static final int DIGITS = 5;

    /**
     * What is looked at.
     *
     * @param now the moment, by the clock of Home Assistant's host
     * @param aggregated the points of which a roll-up tells, with its width
     * @param named the points that are asked for by a name of another time
     */
    private record Look(
            RoomState room,
            Instant now,
            Freshness freshness,
            Map<PointKey, Duration> aggregated,
            Set<PointKey> named) {}

    @Mixin private DatabaseOption database;

    @Mixin private FormatOption format;

    @Mixin private PlanOption plan;

    @Option(names = "--at", paramLabel = "T")
    private @Nullable String at;

    @Parameters(paramLabel = "POINT", descriptionKey = "POINT", arity = "0..*")
    private List<String> wanted = new ArrayList<>();

    StateCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        Configuration configuration = configuration();
        String asked = at;
        Look look;
        if (asked == null) {
            look = present(database.address(invocation(), configuration));
        } else {
            ZoneId zone = RoomZone.of(plan.open(invocation(), configuration).plan());
            Instant moment = Moments.parse(asked, zone, Instant.now());
            Moments.note(asked, zone)
                    .ifPresent(note -> invocation().complain(invocation().words().say(note)));
            look = past(database.address(invocation(), configuration), zone, moment);
        }
        return show(look);
    }

    private static Look present(DatabaseAddress address) throws Fault {
        Present present = Present.read(address);
        RoomState room = RoomState.EMPTY.after(present.group());
        return new Look(
                room, present.now(), freshness(address, room, present.now()), Map.of(), Set.of());
    }

    private Look past(DatabaseAddress address, ZoneId zone, Instant moment) throws Fault {
        try (History history =
                new History(address, DatabaseOption.own(invocation(), address), zone)) {
            PastState state = history.state(moment, new Work());
            Look look =
                    new Look(
                            state.room(),
                            state.at(),
                            state.freshness(),
                            state.aggregated(),
                            new HashSet<>());
            for (String text : wanted) {
                // Some are asked for by a name they did not have then.
                Optional<PointId> name = new Glob(text).name();
                if (name.isPresent()) {
                    history.find(name.get(), new Work())
                            .flatMap(HistoryPoint::key)
                            .ifPresent(look.named()::add);
                }
            }
            return look;
        }
    }

    private int show(Look look) {
        List<PointState> shown =
                look.room().points().stream()
                        .filter(point ->
                                point.newest().isPresent()
                                        && (isWanted(point.id())
                                                || look.named().contains(point.key())))
                        .sorted(Comparator.comparing(PointState::id))
                        .toList();
        for (String pattern : wanted) {
            Glob glob = new Glob(pattern);
            if (shown.stream()
                    .noneMatch(point ->
                            glob.matches(point.id()) || look.named().contains(point.key()))) {
                invocation().notice(at == null ? "state.unknown" : "state.nothingOf", pattern);
            }
        }
        if (shown.isEmpty()) {
            if (wanted.isEmpty()) {
                invocation().notice(at == null ? "state.empty" : "state.nothing");
            }
            return NOTHING_FOUND;
        }
        if (format.isJson()) {
            JsonLines json = new JsonLines(invocation().out());
            for (PointState point : shown) {
                json.reading(
                        reading(point, look),
                        age(point, look.now()),
                        Optional.ofNullable(look.aggregated().get(point.key())));
            }
            json.flush();
        } else {
            table(shown, look);
        }
        return 0;
    }

    /** Silences are judged by what the tables tell of each point's habits. */
    private static Freshness freshness(DatabaseAddress address, RoomState room, Instant now)
            throws Fault {
        try (Connections connections = new Connections(address, "vigie-state");
                Connection connection = connections.borrow()) {
            try {
                Cadences cadences =
                        CadenceReader.read(
                                connection,
                                RecorderSchema.read(connection),
                                Cadences.learnable(room),
                                Cadences.learnedToAt(now));
                return Freshness.of(room, cadences, Freshness.USUAL_COMMIT, Optional.empty(), now);
            } catch (SQLException failed) {
                throw connections.fault(failed);
            }
        } catch (SQLException closing) {
            throw new Fault(
                    Fault.Kind.PASSING,
                    Sentence.of("feed.lost", address.shownHosts()),
                    "while closing: " + closing.getMessage(),
                    closing);
        }
    }

    private boolean isWanted(PointId id) {
        return wanted.isEmpty()
                || wanted.stream().anyMatch(pattern -> new Glob(pattern).matches(id));
    }

    /** The newest reading with the point's present name and what the moment adds to its quality. */
    private static Reading reading(PointState point, Look look) {
        Reading newest = point.newest().orElseThrow();
        return new Reading(
                newest.id(),
                newest.key(),
                point.id(),
                newest.text(),
                newest.value(),
                newest.attributes(),
                point.quality(look.now(), look.freshness()).orElse(newest.quality()),
                newest.time(),
                newest.changed(),
                newest.committed(),
                newest.position(),
                newest.source());
    }

    private static Duration age(PointState point, Instant now) {
        return point.age(now).orElse(Duration.ZERO);
    }

    private void table(List<PointState> shown, Look look) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        invocation().words().say("state.point"),
                        invocation().words().say("state.value"),
                        invocation().words().say("state.quality"),
                        invocation().words().say("state.age")));
        for (PointState point : shown) {
            Reading reading = reading(point, look);
            Quality quality = reading.quality();
            rows.add(
                    List.of(
                            printable(point.id().name()),
                            printable(
                                    look.aggregated().containsKey(point.key())
                                            ? rounded(reading)
                                            : value(reading)),
                            quality.grade().word()
                                    + quality.reason().map(why -> " " + why.word()).orElse("")
                                    + width(look.aggregated().get(point.key())),
                            Duration.ofMillis(age(point, look.now()).toMillis()).toString()));
        }
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                widths[i] = Math.max(widths[i], cell.codePointCount(0, cell.length()));
            }
        }
        PrintStream out = invocation().out();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                line.append(cell);
                if (i < columns - 1) {
                    line.repeat(' ', widths[i] - cell.codePointCount(0, cell.length()) + 2);
                }
            }
            out.println(line);
        }
        out.flush();
    }

    /** How wide the roll-up is of which a value is. */
    private String width(@Nullable Duration width) {
        if (width == null) {
            return "";
        }
        return " ("
                + (width.toMinutes() % 60 == 0
                        ? invocation().words().say("history.width.hours", width.toHours())
                        : invocation().words().say("history.width.minutes", width.toMinutes()))
                + ")";
    }

    /** A mean is not more exact than what it is made of. */
    private static String rounded(Reading reading) {
        return reading.value().isEmpty()
                ? value(reading)
                : new BigDecimal(reading.value().getAsDouble())
                                .round(new MathContext(DIGITS))
                                .stripTrailingZeros()
                                .toPlainString()
                        + reading.attributes().unit().map(unit -> " " + unit).orElse("");
    }

    private static String value(Reading reading) {
        String text = reading.text();
        if (text == null) {
            return "";
        }
        return reading.value().isPresent()
                ? text + reading.attributes().unit().map(unit -> " " + unit).orElse("")
                : text;
    }

    /** A recorded text may hold what would move a terminal's cursor. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? 0xFFFD : c));
        return shown.toString();
    }
}
