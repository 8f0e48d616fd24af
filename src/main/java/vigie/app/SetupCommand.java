package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import vigie.console.setup.Assistant;
import vigie.feed.Diagnosis;
import vigie.feed.Finding.Grade;
import vigie.note.Note;
import vigie.plan.EmptyRoom;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.setup.Change;
import vigie.setup.SettingsFile;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code vigie setup}: says once which database, plan and language to work with. The password comes
 * from standard input and goes into a file of its own; nothing is written where the database cannot
 * serve.
 */
@Command(name = "setup")
final class SetupCommand extends Subcommand {
    private static final String REFERENCE = "reference";
    private static final Pattern SIZE =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)?)[x×]([0-9]+(?:\\.[0-9]+)?)");

    /** How temperatures are shown. */
    enum Units {
        CELSIUS,
        FAHRENHEIT
    }

    @Option(names = "--db-url", paramLabel = "URL")
    private @Nullable String url;

    @Option(names = "--plan", paramLabel = "FILE")
    private @Nullable String plan;

    @Option(names = "--room", paramLabel = "WxD")
    private @Nullable String room;

    @Option(names = "--units", paramLabel = "celsius|fahrenheit")
    private @Nullable Units units;

    @Mixin private OperatorOption operator;

    @Option(names = "--system")
    private boolean system;

    @Option(names = "--force")
    private boolean force;

    SetupCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault, InterruptedException {
        Optional<Path> inForce = inForce();
        if (url == null && plan == null && room == null && units == null && !operator.isGiven()) {
            if (SetupPages.canAsk()) {
                return ask(inForce);
            }
            if (givenLanguage().isEmpty()) {
                throw new Fault(Fault.Kind.BLOCKED, Sentence.of("setup.no-display"), "no display");
            }
        }
        Optional<Plan> drawn = drawn();
        Change change = change();
        Grade grade = Grade.OK;
        if (url != null) {
            DatabaseAddress address = address(url);
            grade = check(address);
            if (grade == Grade.BLOCKED && !force) {
                throw new Fault(
                        Fault.Kind.BLOCKED, Sentence.of("setup.blocked"), "not written: blocked");
            }
            change = first(change, address);
        }
        if (change.isNone() && drawn.isEmpty()) {
            throw new Fault(Fault.Kind.USAGE, Sentence.of("setup.nothing"), "nothing to write");
        }
        SettingsFile settings = settings();
        tell(settings.write(change, inForce, drawn, invocation().words().language()));
        return grade == Grade.WARNING || grade == Grade.BLOCKED ? 1 : 0;
    }

    private int ask(Optional<Path> inForce) throws Fault, InterruptedException {
        Configuration now =
                inForce.isPresent() ? configuration() : new Configuration(Map.of(), inForce);
        Optional<Assistant> asked = SetupPages.ask(invocation(), now, settings());
        if (asked.isEmpty()) {
            invocation().notice("setup.cancelled");
            return 1;
        }
        invocation()
                .out()
                .println(invocation().words().say("setup.written", settings().file().toString()));
        invocation().out().flush();
        if (system) {
            // What it settled is for the service; whoever sits here has settings of his own.
            asked.get().close();
            return 0;
        }
        return console().goOn(asked.get());
    }

    /** The console that works with what was settled. */
    private ConsoleCommand console() {
        CommandLine line =
                Objects.requireNonNull(
                        Main.commandLine(invocation()).getSubcommands().get("console"));
        line.parseArgs(
                configFile()
                        .map(file -> new String[] {"--config", file.toString()})
                        .orElseGet(() -> new String[0]));
        return line.getCommand();
    }

    /** The database comes first in a file that begins with these lines. */
    private static Change first(Change rest, DatabaseAddress address) {
        Change database = Change.NONE.database(address);
        Map<String, Optional<String>> keys = new java.util.LinkedHashMap<>(database.keys());
        keys.putAll(rest.keys());
        return new Change(keys, database.password());
    }

    /** The settings that would count now, and go on counting in a file that is new. */
    private Optional<Path> inForce() throws Fault {
        if (system || configFile().filter(named -> !Files.exists(named)).isPresent()) {
            return Optional.empty();
        }
        return configuration().file();
    }

    private SettingsFile settings() {
        Path usual =
                (system ? Configuration.SYSTEM : invocation().folders().config())
                        .resolve(Configuration.NAME);
        Path file = configFile().orElse(usual);
        return system
                ? SettingsFile.ofMachine(file, Configuration.SERVICE)
                : SettingsFile.ofUser(file);
    }

    private Change change() throws Fault {
        Change change = Change.NONE;
        if (plan != null) {
            if (room != null) {
                throw new Fault(
                        Fault.Kind.USAGE, Sentence.of("setup.two-plans"), "--plan and --room");
            }
            change = change.plan(plan(plan));
        }
        if (givenLanguage().isPresent()) {
            change = change.language(givenLanguage().get());
        }
        if (units != null) {
            change =
                    change.fahrenheit(
                            switch (units) {
                                case CELSIUS -> false;
                                case FAHRENHEIT -> true;
                            });
        }
        if (operator.given().isPresent()) {
            String name = operator.given().get().strip();
            int length = name.codePointCount(0, name.length());
            if (length > Note.LONGEST_AUTHOR) {
                throw new Fault(
                        Fault.Kind.USAGE,
                        Sentence.of("setup.operator-long", length, Note.LONGEST_AUTHOR),
                        "operator's name too long");
            }
            change = change.operator(name);
        }
        return change;
    }

    /** The plan's file, which must be one; empty: the reference room. */
    private static Optional<Path> plan(String named) throws Fault {
        Path file;
        try {
            file = Path.of(named);
        } catch (InvalidPathException noPath) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of("setup.unreadable", named),
                    "no path: " + named,
                    noPath);
        }
        if (named.equals(REFERENCE) && !Files.exists(file)) {
            return Optional.empty();
        }
        Plan read = PlanFile.read(file);
        org.slf4j.LoggerFactory.getLogger(SetupCommand.class)
                .debug("{}: {} elements", file, read.elements().size());
        return Optional.of(file);
    }

    private Optional<Plan> drawn() throws Fault {
        if (room == null) {
            return Optional.empty();
        }
        Matcher matcher = SIZE.matcher(room);
        if (matcher.matches()) {
            double width = Double.parseDouble(matcher.group(1));
            double depth = Double.parseDouble(matcher.group(2));
            if (EmptyRoom.possible(width) && EmptyRoom.possible(depth)) {
                return Optional.of(EmptyRoom.of(width, depth, ZoneId.systemDefault()));
            }
        }
        throw new Fault(
                Fault.Kind.USAGE,
                Sentence.of("setup.room-size", room, (int) EmptyRoom.LEAST, (int) EmptyRoom.MOST),
                "no size of a room: " + room);
    }

    private DatabaseAddress address(String text) throws Fault {
        DatabaseAddress address = DatabaseAddress.required(text);
        return address.password().isEmpty()
                ? address.withPassword(
                        TypedSecret.read(invocation(), "setup.ask-password", address.shown()))
                : address;
    }

    private Grade check(DatabaseAddress address) throws Fault {
        Diagnosis diagnosis =
                Diagnosis.of(
                        address,
                        address.own(invocation().variable("VIGIE_DB_URL")),
                        Clock.systemUTC());
        new DoctorReport(invocation()).print(address, diagnosis);
        invocation().out().flush();
        return diagnosis.grade();
    }

    private void tell(SettingsFile.Written written) {
        Words words = invocation().words();
        invocation().out().println();
        invocation().out().println(words.say("setup.written", written.file().toString()));
        written.secret()
                .ifPresent(secret ->
                        invocation().out().println(words.say("setup.secret", secret.toString())));
        written.plan()
                .ifPresent(file ->
                        invocation().out().println(words.say("setup.drawn", file.toString())));
        outweighed("MARIADB_URL", url != null);
        outweighed("VIGIE_PLAN", plan != null || room != null);
        outweighed("VIGIE_LANG", givenLanguage().isPresent());
        outweighed("VIGIE_AS", operator.isGiven());
    }

    private void outweighed(String variable, boolean set) {
        if (set && invocation().variable(variable).isPresent()) {
            invocation().notice("setup.outweighed", variable);
        }
    }
}
