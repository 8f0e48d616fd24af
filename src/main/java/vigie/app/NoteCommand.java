package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import vigie.console.words.RoomZone;
import vigie.note.Note;
import vigie.note.NoteBook;
import vigie.plan.Plan;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Moments;
import vigie.text.Sentence;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code vigie note TEXT…}: writes something down about a moment, and prints what was written;
 * without a text it lists what was written about the moments between two.
 */
@Command(name = "note")
final class NoteCommand extends Subcommand {
    private static final int NOTHING_FOUND = 1;

    @Spec private CommandSpec spec;

    @Mixin private DatabaseOption database;

    @Mixin private PlanOption plan;

    @Mixin private RangeOption range;

    @Mixin private OperatorOption operator;

    @Mixin private FormatOption format;

    @Option(names = "--at", paramLabel = "T")
    private @Nullable String at;

    @Option(names = "--element", paramLabel = "ID")
    private @Nullable String element;

    @Parameters(paramLabel = "TEXT", descriptionKey = "TEXT", arity = "0..*")
    private List<String> text = new ArrayList<>();

    NoteCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        boolean lists = isGiven("--from") || isGiven("--to");
        if (lists && !text.isEmpty()) {
            throw usage("note.both");
        }
        if (text.isEmpty() && (at != null || element != null || operator.isGiven())) {
            throw usage("note.alone");
        }
        Configuration configuration = configuration();
        Plan shown = plan.open(invocation(), configuration).plan();
        ZoneId zone = RoomZone.of(shown);
        DatabaseAddress address = database.address(invocation(), configuration);
        try (NoteBook notes =
                NoteBook.open(
                        address,
                        DatabaseOption.own(invocation(), address),
                        invocation().folders().notes())) {
            int code =
                    text.isEmpty()
                            ? list(notes, shown, zone)
                            : write(notes, configuration, shown, zone);
            notes.staysHere()
                    .ifPresent(note -> invocation().complain(invocation().words().say(note)));
            return code;
        }
    }

    private boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private static Fault usage(String key) {
        return new Fault(Fault.Kind.USAGE, Sentence.of(key), key);
    }

    private int write(NoteBook notes, Configuration configuration, Plan shown, ZoneId zone)
            throws Fault {
        Instant now = Instant.now();
        Instant moment = at == null ? now : Moments.parse(at, zone, now);
        if (at != null) {
            if (moment.isAfter(now)) {
                throw new Fault(
                        Fault.Kind.USAGE,
                        Sentence.of("note.future", at),
                        "a moment that has not come");
            }
            Moments.note(at, zone)
                    .ifPresent(note -> invocation().complain(invocation().words().say(note)));
        }
        Optional<String> about = Optional.ofNullable(element);
        if (about.isPresent()
                && shown.elements().stream()
                        .noneMatch(one -> one.id().value().equals(about.get()))) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of("note.noElement", about.get()),
                    "no element " + about.get());
        }
        String author = operator.name(invocation(), configuration);
        print(notes.add(moment, author, String.join(" ", text), about), shown, zone);
        return 0;
    }

    private int list(NoteBook notes, Plan shown, ZoneId zone) throws Fault {
        RangeOption.Range asked = range.range(zone, Instant.now());
        asked.notes().forEach(note -> invocation().complain(invocation().words().say(note)));
        List<Note> found =
                notes.between(asked.from(), asked.to()).stream()
                        .filter(note -> note.at().isBefore(asked.to()))
                        .toList();
        for (Note note : found) {
            print(note, shown, zone);
        }
        if (found.isEmpty()) {
            invocation().notice("note.none");
            return NOTHING_FOUND;
        }
        return 0;
    }

    private void print(Note note, Plan shown, ZoneId zone) {
        if (format.isJson()) {
            JsonLines json = new JsonLines(invocation().out());
            json.note(note);
            json.flush();
            return;
        }
        String time =
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        note.at().truncatedTo(ChronoUnit.MILLIS).atZone(zone));
        String about =
                note.element()
                        .map(id -> name(shown, id))
                        .map(name -> "  (" + invocation().words().say("note.about", name) + ")")
                        .orElse("");
        StringBuilder lines = new StringBuilder(time + "  ");
        lines.append(StateCommand.printable(note.author() + about));
        String indent = "\n    ";
        note.text()
                .lines()
                .forEach(line -> lines.append(indent).append(StateCommand.printable(line)));
        invocation().out().println(lines);
    }

    /** What people call an element; of one that is no longer in the plan all there is: its id. */
    private String name(Plan shown, String id) {
        return shown.elements().stream()
                .filter(element -> element.id().value().equals(id))
                .map(element -> element.label().in(invocation().words().locale()))
                .findFirst()
                .orElse(id);
    }
}
