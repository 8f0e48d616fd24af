package vigie.app;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The commands, which are there or not depending on how Vigie was installed. One that is not there
 * answers whatever it is asked with one sentence, which says where it is, and with "blocked".
 */
final class DistributedCommands {
    /** In the order in which help names them; those of every distribution. */
    private static final Map<String, Class<? extends Subcommand>> EVERYWHERE = everywhere();

    private static final List<String> OF_THE_DEMO = List.of("demo", "simulate");
    private static final List<String> OF_A_CHECKOUT = List.of("bench", "test", "package");

    private final CommandLine line;
    private final Invocation invocation;
    private final Distribution distribution;

    private DistributedCommands(
            CommandLine line, Invocation invocation, Distribution distribution) {
        this.line = line;
        this.invocation = invocation;
        this.distribution = distribution;
    }

    /** Adds what there is, and an answer for what there is not. */
    static void add(CommandLine line, Invocation invocation, Distribution distribution) {
        new DistributedCommands(line, invocation, distribution).add();
    }

    /**
     * Adds the one command that is called. Reading the annotations of all takes longer than some
     * commands do.
     *
     * @return whether every distribution has that command; where not, nothing is added
     */
    static boolean addOnly(String name, CommandLine line) {
        Class<? extends Subcommand> kind = EVERYWHERE.get(name);
        if (kind != null) {
            line.addSubcommand(kind);
        }
        return kind != null;
    }

    private static Map<String, Class<? extends Subcommand>> everywhere() {
        Map<String, Class<? extends Subcommand>> commands = new LinkedHashMap<>();
        commands.put("console", ConsoleCommand.class);
        commands.put("tail", TailCommand.class);
        commands.put("state", StateCommand.class);
        commands.put("history", HistoryCommand.class);
        commands.put("events", EventsCommand.class);
        commands.put("replay", ReplayCommand.class);
        commands.put("note", NoteCommand.class);
        commands.put("incident", IncidentCommand.class);
        commands.put("duty", DutyCommand.class);
        commands.put("doctor", DoctorCommand.class);
        commands.put("setup", SetupCommand.class);
        commands.put("support-bundle", SupportBundleCommand.class);
        commands.put("plan", PlanCommand.class);
        return Collections.unmodifiableMap(commands);
    }

    private void add() {
        EVERYWHERE.values().forEach(line::addSubcommand);
        if (distribution.simulates()) {
            // Named here and nowhere else: where the simulator is missing, loading them would fail.
            line.addSubcommand(DemoCommand.class);
            line.addSubcommand(SimulateCommand.class);
        } else {
            OF_THE_DEMO.forEach(name -> add(name, "app.absent.demo", true));
        }
        if (distribution.isCheckout()) {
            line.addSubcommand(BenchCommand.class);
            // The launcher runs these before the program, because they build it.
            add("test", "app.absent.checkout", false);
            add("package", "app.absent.checkout", false);
        } else {
            OF_A_CHECKOUT.forEach(name -> add(name, "app.absent.checkout", true));
            line.getCommandSpec().usageMessage().footer(footer());
        }
    }

    private void add(String name, String key, boolean hidden) {
        Callable<Integer> answer =
                () -> {
                    throw new Fault(
                            Fault.Kind.BLOCKED,
                            Sentence.of(key, name),
                            name + " is not in this package");
                };
        CommandSpec spec = CommandSpec.wrapWithoutInspection(answer).name(name);
        spec.parser().unmatchedArgumentsAllowed(true);
        spec.mixinStandardHelpOptions(!hidden);
        spec.usageMessage().hidden(hidden);
        line.addSubcommand(name, new CommandLine(spec));
    }

    private String footer() {
        String checkout = String.join(", ", OF_A_CHECKOUT);
        return invocation
                .words()
                .say(
                        distribution.simulates()
                                ? Sentence.of("app.absent.helpOfDemo", checkout)
                                : Sentence.of(
                                        "app.absent.helpOfPlain",
                                        String.join(", ", OF_THE_DEMO),
                                        checkout));
    }
}
