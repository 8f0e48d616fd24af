package vigie.incident;

import vigie.note.Note;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.Plan;
import vigie.plan.Quantity;
import vigie.point.DisplayUnits;
import vigie.recording.Basis;
import vigie.text.Words;
import vigie.timeline.Occurrence;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A story in words: the written time line of an incident. Every time is told with its distance from
 * UTC, so that an hour that comes twice is told apart.
 */
public final class StoryText {
    /** Of what is beside the matter, not more than these are told. */
    private static final int MOST_OTHERS = 30;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssxxx", Locale.ROOT);

    private final Words words;
    private final Plan plan;
    private final Manifest manifest;
    private final List<String> lines = new ArrayList<>();

    private StoryText(Words words, Plan plan, Manifest manifest) {
        this.words = words;
        this.plan = plan;
        this.manifest = manifest;
    }

    /**
     * The lines of a story. They quote what a file says; whoever prints them takes care of control
     * characters.
     *
     * @param plan tells the elements' names
     */
    public static List<String> lines(Story story, Plan plan, Manifest manifest, Words words) {
        StoryText text = new StoryText(words, plan, manifest);
        text.head();
        text.courses(story);
        text.peaks(story);
        text.recovery(story);
        text.occurrences("incident.story.outages", story.outages());
        text.occurrences("incident.story.others", story.others());
        text.notes(story.notes());
        return List.copyOf(text.lines);
    }

    private void head() {
        lines.add(
                words.say(
                        "incident.story.title",
                        time(manifest.from()),
                        time(manifest.to()),
                        manifest.zone().getId()));
        lines.add(
                words.say(
                        "incident.story.counts",
                        time(manifest.begins()),
                        manifest.readings(),
                        manifest.program()));
        if (!manifest.bases().contains(Basis.KNOWN_THEN)) {
            lines.add(words.say("incident.knownThenMissing"));
        }
    }

    private void courses(Story story) {
        // What was an alarm already when the file begins is where to look first.
        boolean begunBefore =
                story.before().stream()
                        .anyMatch(course -> course.first().deviation() == Deviation.ALARM);
        if (begunBefore) {
            before(story);
        }
        if (story.first().isEmpty()) {
            section("incident.story.first");
            lines.add("  " + words.say("incident.story.nothing"));
        } else {
            Story.Course first = story.first().get();
            section("incident.story.first");
            began(first, Optional.empty());
            List<Story.Course> followed = story.courses().subList(1, story.courses().size());
            if (!followed.isEmpty()) {
                section("incident.story.followed");
                followed.forEach(course -> began(course, Optional.of(first.first().at())));
            }
        }
        if (!begunBefore) {
            before(story);
        }
    }

    private void before(Story story) {
        if (!story.before().isEmpty()) {
            section("incident.story.before");
            story.before().forEach(course -> began(course, Optional.empty()));
        }
    }

    private void began(Story.Course course, Optional<Instant> after) {
        Story.Mark mark = course.first();
        String distance = after.map(first -> "+" + length(first, mark.at()) + "  ").orElse("");
        String often =
                course.times() > 1 ? ", " + words.say("incident.story.times", course.times()) : "";
        lines.add("  " + time(mark.at()) + "  " + distance + told(course, mark) + often);
    }

    private void peaks(Story story) {
        List<Story.Course> all = new ArrayList<>(story.courses());
        all.addAll(story.before());
        if (all.stream().allMatch(course -> course.peaks().isEmpty())) {
            return;
        }
        section("incident.story.peaks");
        for (Story.Course course : all) {
            for (Story.Mark peak : course.peaks()) {
                lines.add("  " + time(peak.at()) + "  " + told(course, peak));
            }
        }
    }

    private void recovery(Story story) {
        List<Story.Course> every = new ArrayList<>(story.before());
        every.addAll(story.courses());
        if (every.isEmpty()) {
            return;
        }
        section("incident.story.recovery");
        List<Story.Course> back =
                every.stream()
                        .filter(course -> course.recovered().isPresent())
                        .sorted((one, other) ->
                                one.recovered()
                                        .orElseThrow()
                                        .compareTo(other.recovered().orElseThrow()))
                        .toList();
        for (Story.Course course : back) {
            lines.add(
                    "  "
                            + time(course.recovered().orElseThrow())
                            + "  "
                            + words.say("incident.story.recovered", name(course.element())));
        }
        List<String> lasting =
                every.stream()
                        .filter(course -> course.recovered().isEmpty())
                        .map(course -> name(course.element()))
                        .toList();
        if (!lasting.isEmpty()) {
            lines.add("  " + words.say("incident.story.lasts", String.join(", ", lasting)));
        }
        if (lasting.isEmpty() && !story.courses().isEmpty()) {
            Instant last = back.getLast().recovered().orElseThrow();
            Instant first = story.courses().getFirst().first().at();
            lines.add("  " + words.say("incident.story.all", time(last), length(first, last)));
        }
    }

    private void occurrences(String title, List<Occurrence> all) {
        if (all.isEmpty()) {
            return;
        }
        section(title);
        all.stream().limit(MOST_OTHERS).forEach(one -> lines.add("  " + happened(one)));
        if (all.size() > MOST_OTHERS) {
            lines.add("  " + words.say("incident.story.more", all.size() - MOST_OTHERS));
        }
    }

    private String happened(Occurrence one) {
        String when =
                one.to()
                        .map(end -> words.say("incident.story.fromTo", time(one.at()), time(end)))
                        .orElseGet(() -> words.say("incident.story.since", time(one.at())));
        String where =
                one.element()
                        .map(this::name)
                        .or(() -> one.point().map(Object::toString))
                        .map(name -> name + ": ")
                        .orElse("");
        String what = words.say("incident.story.kind." + one.kind().word());
        String said = one.text() == null ? "" : " (" + one.text() + ")";
        return when + "  " + where + what + said;
    }

    private void notes(List<Note> notes) {
        if (notes.isEmpty()) {
            return;
        }
        section("incident.story.notes");
        for (Note note : notes) {
            String about =
                    note.element()
                            .filter(id -> !id.isBlank() && id.length() <= 64)
                            .map(id -> " (" + name(new ElementId(id)) + ")")
                            .orElse("");
            String text = note.text().replace("\r", "").replace("\n", "\n    ");
            (time(note.at()) + "  " + note.author() + about + ": " + text)
                    .lines()
                    .forEach(line -> lines.add("  " + line));
        }
    }

    private void section(String key) {
        lines.add("");
        lines.add(words.say(key));
    }

    /** An element with what one of its sensors showed. */
    private String told(Story.Course course, Story.Mark mark) {
        String name = name(course.element());
        String sensor = name(mark.sensor());
        // Most sensors bear the name of what they watch, somewhere in theirs.
        boolean named =
                sensor.toLowerCase(words.locale()).contains(name.toLowerCase(words.locale()));
        String where = named ? sensor : name + ", " + sensor;
        String shown =
                mark.value().isPresent()
                        ? words.say(
                                mark.direction() < 0
                                        ? "incident.story.below"
                                        : "incident.story.above",
                                value(mark.value().getAsDouble(), mark.quantity()),
                                mark.limit().isPresent()
                                        ? value(mark.limit().getAsDouble(), mark.quantity())
                                        : "–")
                        : said(mark.quantity(), mark.text() == null ? "–" : mark.text());
        String grade =
                words.say(
                        mark.deviation() == Deviation.ALARM
                                ? "incident.story.alarm"
                                : "incident.story.warning");
        String doubt =
                mark.quality()
                        .reason()
                        .map(reason -> ", " + words.say("console.reason." + reason.word()))
                        .orElse("");
        // What a machine does needs no name of a quantity before it.
        String quantity =
                mark.quantity().isSwitch()
                        ? ""
                        : words.say("console.quantity." + mark.quantity().word()) + " ";
        return where + ": " + quantity + shown + " (" + grade + doubt + ")";
    }

    private String said(Quantity quantity, String text) {
        boolean on = text.equals("on");
        if (!quantity.isSwitch() || (!on && !text.equals("off"))) {
            return text;
        }
        String key =
                switch (quantity) {
                    case RUNNING -> on ? "running" : "stopped";
                    case ON_BATTERY -> on ? "on-battery" : "on-mains";
                    case MOTION -> on ? "presence" : "no-presence";
                    case OPEN -> on ? "open" : "closed";
                    case LEAK -> on ? "water" : "dry";
                    case TEMPERATURE,
                            HUMIDITY,
                            LOAD,
                            CHARGE,
                            RUNTIME,
                            POWER,
                            VOLTAGE,
                            CURRENT,
                            FREQUENCY,
                            FAN_SPEED,
                            DEW_POINT,
                            STATUS ->
                            on ? "on" : "off";
                };
        return words.say("console.state." + key);
    }

    private String value(double value, Quantity quantity) {
        NumberFormat format = NumberFormat.getNumberInstance(words.locale());
        boolean tenths = quantity == Quantity.TEMPERATURE || quantity == Quantity.DEW_POINT;
        format.setMinimumFractionDigits(tenths ? 1 : 0);
        format.setMaximumFractionDigits(1);
        format.setRoundingMode(RoundingMode.HALF_UP);
        DisplayUnits units = DisplayUnits.of(words.locale());
        String unit = units.unit(quantity.unit());
        String number = format.format(BigDecimal.valueOf(units.value(value, quantity.unit())));
        boolean close = unit.equals("%") && words.language().equals(Locale.ENGLISH);
        return unit.isEmpty() ? number : number + (close ? "" : "\u00A0") + unit;
    }

    private String name(ElementId id) {
        return plan.element(id)
                .map(Element::label)
                .map(label -> label.in(words.locale()))
                .orElseGet(id::value);
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(manifest.zone()));
    }

    /** Between the seconds that are told. */
    private static String length(Instant from, Instant to) {
        Duration length =
                Duration.between(
                        from.truncatedTo(ChronoUnit.SECONDS), to.truncatedTo(ChronoUnit.SECONDS));
        return String.format(
                Locale.ROOT,
                "%d:%02d:%02d",
                length.toHours(),
                length.toMinutesPart(),
                length.toSecondsPart());
    }
}
