package vigie.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import vigie.feed.Present;
import vigie.point.PointId;
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
import vigie.text.Sentence;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code vigie state [POINT…]}: the present state of all points, or of those named. */
@Command(name = "state")
final class StateCommand extends Subcommand {
    private static final int NOTHING_FOUND = 1;

    /** The moment of looking, and what holds then. */
    private record Look(Instant now, Freshness freshness) {}

    @Mixin private DatabaseOption database;

    @Mixin private FormatOption format;

    @Parameters(paramLabel = "POINT", descriptionKey = "POINT", arity = "0..*")
    private List<String> wanted = new ArrayList<>();

    StateCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        DatabaseAddress address = database.address(invocation(), configuration());
        Present present = Present.read(address);
        RoomState room = RoomState.EMPTY.after(present.group());
        Look look = new Look(present.now(), freshness(address, room, present.now()));
        List<PointState> shown =
                room.points().stream()
                        .filter(point -> point.newest().isPresent() && isWanted(point.id()))
                        .sorted(Comparator.comparing(PointState::id))
                        .toList();
        for (String pattern : wanted) {
            Pattern glob = glob(pattern);
            if (shown.stream().noneMatch(point -> glob.matcher(point.id().name()).matches())) {
                invocation().notice("state.unknown", pattern);
            }
        }
        if (shown.isEmpty()) {
            if (wanted.isEmpty()) {
                invocation().notice("state.empty");
            }
            return NOTHING_FOUND;
        }
        if (format.isJson()) {
            JsonLines json = new JsonLines(invocation().out());
            for (PointState point : shown) {
                json.reading(reading(point, look), age(point, look.now()));
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
                || wanted.stream().anyMatch(pattern -> glob(pattern).matcher(id.name()).matches());
    }

    /** A name in which {@code *} stands for any characters. */
    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (String literal : pattern.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
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
                            printable(value(reading)),
                            quality.grade().word()
                                    + quality.reason().map(why -> " " + why.word()).orElse(""),
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
