package vigie.console.replay;

import vigie.console.history.chart.TimeTicks;
import vigie.console.points.SearchText;
import vigie.console.words.Figures;
import vigie.plan.Element;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.Quantity;
import vigie.point.PointId;
import vigie.timeline.Occurrence;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Writes what happened, in one language. Immutable. */
final class EventWords {
    private final Plan plan;
    private final Figures figures;

    EventWords(Plan plan, Figures figures) {
        this.plan = plan;
        this.figures = figures;
    }

    /**
     * A row of the list.
     *
     * @param present of this year the year is not written
     */
    EventRow row(Occurrence event, Instant present) {
        String when = when(event.at(), present);
        String what = what(event);
        String where = where(event);
        String more = more(event);
        return new EventRow(
                event,
                when,
                what,
                where,
                more,
                SearchText.fold(
                        String.join(
                                " ",
                                when,
                                what,
                                where,
                                more,
                                event.point().map(PointId::name).orElse(""),
                                say("kind." + event.kind().word())),
                        figures.words().locale()));
    }

    /** A moment as digits, in the room's zone; with its offset where its hour comes twice. */
    static String digits(Instant at, Figures figures) {
        ZonedDateTime local = at.atZone(figures.zone());
        return local.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT))
                + offset(local);
    }

    private String when(Instant at, Instant present) {
        ZonedDateTime local = at.atZone(figures.zone());
        boolean thisYear = local.getYear() == present.atZone(figures.zone()).getYear();
        return local.format(
                        DateTimeFormatter.ofPattern(
                                thisYear ? "d MMM HH:mm:ss" : "d MMM yyyy HH:mm:ss",
                                figures.words().locale()))
                + offset(local);
    }

    /** Said only where the time of the day alone would mean two moments. */
    private static String offset(ZonedDateTime local) {
        LocalDateTime wall = local.toLocalDateTime();
        List<ZoneOffset> offsets = local.getZone().getRules().getValidOffsets(wall);
        return offsets.size() > 1 ? " " + TimeTicks.offset(local.getOffset()) : "";
    }

    private String what(Occurrence event) {
        return switch (event.kind()) {
            case LIMIT -> limit(event);
            case POWER, STATE -> state(event);
            case MOTION, DOOR, SENSOR_OUTAGE, RECORDER_OUTAGE -> say("kind." + event.kind().word());
            case NOTE -> text(event).replaceAll("\\s+", " ").strip();
        };
    }

    private String limit(Occurrence event) {
        Optional<Quantity> quantity = quantity(event);
        if (event.value().isEmpty()) {
            return say("kind.limit");
        }
        String value = number(event.value(), event, quantity);
        if (event.limit().isEmpty()) {
            return value;
        }
        boolean above = event.value().getAsDouble() >= event.limit().getAsDouble();
        return say(above ? "above" : "below", value, number(event.limit(), event, quantity));
    }

    private String number(OptionalDouble number, Occurrence event, Optional<Quantity> quantity) {
        String recorded = event.unit() == null ? "" : event.unit();
        double value = figures.units().value(number.orElseThrow(), recorded);
        boolean whole = value == Math.rint(value);
        int decimals = whole ? 0 : Math.max(1, quantity.map(Figures::decimals).orElse(1));
        return figures.withUnit(figures.number(value, decimals), figures.units().unit(recorded));
    }

    private String state(Occurrence event) {
        String text = text(event);
        if (text.isEmpty()) {
            return say("kind." + event.kind().word());
        }
        return quantity(event)
                .map(its -> figures.text(its, text))
                .orElseGet(() -> say("kind." + event.kind().word()) + " · " + text);
    }

    private static String text(Occurrence event) {
        String text = event.text();
        return text == null ? "" : text;
    }

    private Optional<Quantity> quantity(Occurrence event) {
        return event.point()
                .flatMap(point ->
                        plan.placements().stream()
                                .filter(placement -> placement.point().equals(point))
                                .findFirst()
                                .map(Placement::quantity));
    }

    private String where(Occurrence event) {
        Optional<String> element =
                event.element()
                        .flatMap(plan::element)
                        .map(Element::label)
                        .map(label -> label.in(figures.words().locale()));
        return element.or(() -> event.point().map(PointId::name)).orElse("");
    }

    private String more(Occurrence event) {
        List<String> parts = new ArrayList<>();
        String author = event.author();
        if (author != null) {
            parts.add(author);
        }
        event.to()
                .filter(to -> to.isAfter(event.at()))
                .ifPresent(to ->
                        parts.add(
                                say(
                                        "for",
                                        figures.age(Duration.between(event.at(), to)),
                                        clock(to))));
        if (!event.within().isZero()) {
            parts.add(say("within", figures.age(event.within())));
        }
        return String.join(" · ", parts);
    }

    private String clock(Instant at) {
        return figures.clock(at) + offset(at.atZone(figures.zone()));
    }

    private String say(String key, Object... values) {
        return figures.words().say("replay." + key, values);
    }
}
