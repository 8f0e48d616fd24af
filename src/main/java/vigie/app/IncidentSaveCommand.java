package vigie.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import vigie.console.words.RoomZone;
import vigie.history.History;
import vigie.history.Work;
import vigie.incident.IncidentWriter;
import vigie.incident.Manifest;
import vigie.note.Note;
import vigie.note.NoteBook;
import vigie.plan.OpenedPlan;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.HistoryRecorded;
import vigie.timeline.OccurrenceFinder;
import vigie.timeline.Recorded;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code vigie incident save FILE}: saves what happened between two moments as one file. */
@Command(name = "save")
final class IncidentSaveCommand extends Subcommand {
    private static final int BROKEN_OFF = 1;
    private static final int WITH_WARNINGS = 1;
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,6})(s|m|h|d)?");
    private static final Duration LONGEST_LEAD_IN = Duration.ofDays(31);

    @Mixin private DatabaseOption database;

    @Mixin private PlanOption plan;

    @Mixin private RangeOption range;

    @Mixin private OperatorOption operator;

    @Option(names = "--lead-in", paramLabel = "DURATION")
    private String leadIn = "10m";

    @Option(names = "--note", paramLabel = "TEXT")
    private List<String> said = new ArrayList<>();

    @Option(names = "--force")
    private boolean force;

    @SuppressWarnings("NullAway.Init") // picocli fills it before run
    @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
    private Path file;

    IncidentSaveCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        if (!force && Files.isRegularFile(file)) {
            // It may be the only witness of another night.
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of("incident.exists", file.toString()),
                    "there is a file already");
        }
        Configuration configuration = configuration();
        OpenedPlan opened = plan.open(invocation(), configuration);
        opened.banner().ifPresent(this::tell);
        ZoneId zone = RoomZone.of(opened.plan());
        Instant now = Instant.now();
        RangeOption.Range asked = range.range(zone, now);
        asked.notes().forEach(this::tell);
        Duration before = leadIn();
        List<Note> notes = ownNotes(operator.name(invocation(), configuration), asked.from(), now);
        DatabaseAddress address = database.address(invocation(), configuration);
        DatabaseAddress own = DatabaseOption.own(invocation(), address);
        Work work = new Work();
        try (Stopping stopping = new Stopping();
                NoteBook book = NoteBook.open(address, own, invocation().folders().notes());
                History history = new History(address, own, zone)) {
            stopping.then(work::cancel);
            stopping.with(BROKEN_OFF);
            Recorded recorded =
                    new HistoryRecorded(
                            history, new OccurrenceFinder(history, opened.plan(), book));
            recorded.knownThenMissing(work).ifPresent(this::tell);
            notes.addAll(book.between(asked.from().minus(before), asked.to()));
            Manifest manifest =
                    IncidentWriter.write(
                            recorded,
                            opened.plan(),
                            notes,
                            asked.from(),
                            asked.to(),
                            before,
                            file,
                            new Progress(invocation()).share("incident.saving"),
                            work);
            invocation()
                    .out()
                    .println(
                            StateCommand.printable(
                                    invocation()
                                            .words()
                                            .say(
                                                    "incident.saved",
                                                    file.toString(),
                                                    manifest.readings(),
                                                    time(manifest.from(), zone),
                                                    time(manifest.to(), zone))));
            if (manifest.readings() == 0) {
                invocation().notice("incident.silent");
                return WITH_WARNINGS;
            }
            return 0;
        } catch (CancellationException cancelled) {
            invocation().notice("incident.cancelled", file.toString());
            return BROKEN_OFF;
        }
    }

    private void tell(Sentence sentence) {
        invocation().complain(invocation().words().say(sentence));
    }

    private Duration leadIn() throws Fault {
        Matcher parts = LENGTH.matcher(leadIn.strip().toLowerCase(Locale.ROOT));
        if (parts.matches()) {
            long count = Long.parseLong(parts.group(1));
            Duration length =
                    switch (String.valueOf(parts.group(2))) {
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        case "d" -> Duration.ofDays(count);
                        default -> Duration.ofSeconds(count);
                    };
            if (length.compareTo(LONGEST_LEAD_IN) <= 0) {
                return length;
            }
        }
        throw new Fault(
                Fault.Kind.USAGE, Sentence.of("incident.leadIn", leadIn), "lead-in " + leadIn);
    }

    /** What the call says of the incident: about its beginning, and in this file only. */
    private List<Note> ownNotes(String author, Instant from, Instant now) throws Fault {
        List<Note> all = new ArrayList<>();
        if (!said.isEmpty() && !isOf(author, Note.LONGEST_AUTHOR)) {
            throw wrongNote("incident.author", Note.LONGEST_AUTHOR);
        }
        for (String text : said) {
            String note = text.strip();
            if (!isOf(note, Note.LONGEST_TEXT)) {
                throw wrongNote("incident.note", Note.LONGEST_TEXT);
            }
            String name = all.size() + "\n" + author + "\n" + from + "\n" + note;
            all.add(
                    new Note(
                            UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                            from.truncatedTo(ChronoUnit.MICROS),
                            now.truncatedTo(ChronoUnit.MICROS),
                            author,
                            note,
                            Optional.empty()));
        }
        return all;
    }

    private static boolean isOf(String text, int longest) {
        return !text.isBlank() && text.codePointCount(0, text.length()) <= longest;
    }

    private static Fault wrongNote(String key, int longest) {
        return new Fault(Fault.Kind.USAGE, Sentence.of(key, longest), key);
    }

    private static String time(Instant at, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                at.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }
}
