package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import vigie.console.words.RoomZone;
import vigie.history.History;
import vigie.history.HistoryPoint;
import vigie.history.PastEvent;
import vigie.history.Watched;
import vigie.history.Work;
import vigie.plan.Plan;
import vigie.point.PointId;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.Bounds;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * {@code vigie events POINT…}: what happened to points between two moments, in order of time, as it
 * is found.
 */
@Command(name = "events")
final class EventsCommand extends Subcommand {
    private static final int NOTHING_FOUND = 1;

    /** What to look for. */
    enum Choice {
        ABOVE,
        BELOW,
        GAP,
        CHANGE,
        ALL;

        private Set<PastEvent.Kind> kinds() {
            return switch (this) {
                case ABOVE -> EnumSet.of(PastEvent.Kind.ABOVE);
                case BELOW -> EnumSet.of(PastEvent.Kind.BELOW);
                case GAP -> EnumSet.of(PastEvent.Kind.GAP_BEGINS, PastEvent.Kind.GAP_ENDS);
                case CHANGE -> EnumSet.of(PastEvent.Kind.CHANGE);
                case ALL -> EnumSet.allOf(PastEvent.Kind.class);
            };
        }
    }

    @Mixin private DatabaseOption database;

    @Mixin private PlanOption plan;

    @Mixin private RangeOption range;

    @Mixin private FormatOption format;

    @Option(names = "--kind", paramLabel = "above|below|gap|change|all", split = ",")
    private List<Choice> choices = List.of(Choice.ALL);

    @Option(names = "--limit", paramLabel = "X")
    private @Nullable Double limit;

    @Parameters(paramLabel = "POINT", descriptionKey = "POINT", arity = "1..*")
    private List<String> wanted = new ArrayList<>();

    EventsCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        Configuration configuration = configuration();
        Plan shown = plan.open(invocation(), configuration).plan();
        ZoneId zone = RoomZone.of(shown);
        RangeOption.Range asked = range.range(zone, Instant.now());
        asked.notes().forEach(note -> invocation().complain(invocation().words().say(note)));
        DatabaseAddress address = database.address(invocation(), configuration);
        Work work = new Work();
        try (Stopping stopping = new Stopping();
                History history =
                        new History(address, DatabaseOption.own(invocation(), address), zone)) {
            stopping.then(work::cancel);
            stopping.whenNobodyReads();
            return answer(history, shown, asked, zone, work);
        } catch (CancellationException cancelled) {
            // Whoever read has what he wanted.
            return 0;
        }
    }

    private int answer(History history, Plan shown, RangeOption.Range asked, ZoneId zone, Work work)
            throws Fault {
        List<HistoryPoint> points = points(history, work);
        if (points.isEmpty()) {
            return NOTHING_FOUND;
        }
        List<Watched> watched = new ArrayList<>();
        for (HistoryPoint point : points) {
            watched.add(watched(point, shown, asked.to()));
        }
        JsonLines json = new JsonLines(invocation().out());
        int[] count = {0};
        history.events(
                watched,
                asked.from(),
                asked.to(),
                work,
                event -> {
                    count[0]++;
                    boolean read;
                    if (format.isJson()) {
                        json.event(event);
                        read = json.flush();
                    } else {
                        invocation().out().println(StateCommand.printable(line(event, zone)));
                        read = !invocation().out().checkError();
                    }
                    if (!read) {
                        throw new CancellationException("nobody reads any more");
                    }
                });
        if (count[0] == 0) {
            invocation().notice("events.none");
            return NOTHING_FOUND;
        }
        return 0;
    }

    private List<HistoryPoint> points(History history, Work work) throws Fault {
        List<HistoryPoint> all = history.points(work);
        Map<String, HistoryPoint> found = new LinkedHashMap<>();
        for (String text : wanted) {
            Glob glob = new Glob(text);
            List<HistoryPoint> matching =
                    all.stream().filter(point -> glob.matches(point.name())).toList();
            matching.forEach(point -> found.put(point.name().name(), point));
            if (matching.isEmpty()) {
                // It may have had that name once.
                Optional<PointId> name = glob.name();
                Optional<HistoryPoint> renamed =
                        name.isPresent() ? history.find(name.get(), work) : Optional.empty();
                renamed.ifPresentOrElse(
                        point -> found.put(point.name().name(), point),
                        () ->
                                UnknownPoint.say(
                                        invocation(),
                                        text,
                                        all.stream().map(HistoryPoint::name).toList()));
            }
        }
        return List.copyOf(found.values());
    }

    private Watched watched(HistoryPoint point, Plan shown, Instant at) throws Fault {
        Set<PastEvent.Kind> kinds = EnumSet.noneOf(PastEvent.Kind.class);
        choices.forEach(choice -> kinds.addAll(choice.kinds()));
        if (limit != null) {
            if (!Double.isFinite(limit)) {
                throw new Fault(
                        Fault.Kind.USAGE,
                        Sentence.of("events.notANumber", limit.toString()),
                        "limit " + limit);
            }
            return new Watched(point.name(), kinds, List.of(limit), List.of(limit));
        }
        Bounds bounds = Bounds.of(shown, point, at);
        if ((choices.contains(Choice.ABOVE) && bounds.above().isEmpty())
                || (choices.contains(Choice.BELOW) && bounds.below().isEmpty())) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of("events.noLimit", point.name().name()),
                    "no limit for " + point.name());
        }
        return new Watched(
                point.name(), kinds, List.copyOf(bounds.above()), List.copyOf(bounds.below()));
    }

    private String line(PastEvent event, ZoneId zone) {
        String time =
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        event.at().truncatedTo(ChronoUnit.MILLIS).atZone(zone));
        String unit = event.point().attributes().unit().map(of -> " " + of).orElse("");
        String limited = number(event.limit(), unit);
        String value = event.text() == null ? number(event.value(), unit) : event.text() + unit;
        String what =
                switch (event.kind()) {
                    case ABOVE -> invocation().words().say("events.above", limited, value);
                    case BELOW -> invocation().words().say("events.below", limited, value);
                    case GAP_BEGINS -> invocation().words().say("events.gapBegins");
                    case GAP_ENDS -> invocation().words().say("events.gapEnds");
                    case CHANGE ->
                            invocation()
                                    .words()
                                    .say("events.change", event.text() == null ? "" : event.text());
                };
        String within =
                event.within().isZero()
                        ? ""
                        : "  " + invocation().words().say("events.within", width(event.within()));
        return time + "  " + event.point().name() + "  " + what + within;
    }

    private String width(Duration width) {
        return width.toMinutes() % 60 == 0
                ? invocation().words().say("history.width.hours", width.toHours())
                : invocation().words().say("history.width.minutes", width.toMinutes());
    }

    private static String number(OptionalDouble number, String unit) {
        return number.isPresent()
                ? BigDecimal.valueOf(number.getAsDouble()).stripTrailingZeros().toPlainString()
                        + unit
                : "";
    }
}
