package vigie.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import vigie.feed.Present;
import vigie.point.PointId;
import vigie.point.Quality;
import vigie.point.Reading;
import vigie.room.PointState;
import vigie.room.RoomState;
import vigie.text.Fault;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** {@code vigie state [POINT…]}: the present state of all points, or of those named. */
@Command(name = "state")
final class StateCommand extends Subcommand {
    private static final int NOTHING_FOUND = 1;

    @Mixin private DatabaseOption database;

    @Mixin private FormatOption format;

    @Parameters(paramLabel = "POINT", descriptionKey = "POINT", arity = "0..*")
    private List<String> wanted = new ArrayList<>();

    StateCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        Present present = Present.read(database.address(invocation(), configuration()));
        RoomState room = RoomState.EMPTY.after(present.group());
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
                json.reading(reading(point, present.now()), age(point, present.now()));
            }
            json.flush();
        } else {
            table(shown, present.now());
        }
        return 0;
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
    private static Reading reading(PointState point, Instant now) {
        Reading newest = point.newest().orElseThrow();
        return new Reading(
                newest.id(),
                newest.key(),
                point.id(),
                newest.text(),
                newest.value(),
                newest.attributes(),
                point.quality(now).orElse(newest.quality()),
                newest.time(),
                newest.changed(),
                newest.committed(),
                newest.position(),
                newest.source());
    }

    private static Duration age(PointState point, Instant now) {
        return point.age(now).orElse(Duration.ZERO);
    }

    private void table(List<PointState> shown, Instant now) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        invocation().words().say("state.point"),
                        invocation().words().say("state.value"),
                        invocation().words().say("state.quality"),
                        invocation().words().say("state.age")));
        for (PointState point : shown) {
            Reading reading = reading(point, now);
            Quality quality = reading.quality();
            rows.add(
                    List.of(
                            printable(point.id().name()),
                            printable(value(reading)),
                            quality.grade().word()
                                    + quality.reason().map(why -> " " + why.word()).orElse(""),
                            Duration.ofMillis(age(point, now).toMillis()).toString()));
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
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? 0xFFFD : c));
        return shown.toString();
    }
}
