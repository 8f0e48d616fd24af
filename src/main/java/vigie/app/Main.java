package vigie.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;

import vigie.store.Folders;
import vigie.text.Fault;
import vigie.text.Words;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.CountDownLatch;

/**
 * The program: finds the command, runs it, and turns what went wrong into a sentence and a code.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // The platform's charset may be anything; what scripts read is UTF-8.
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        Map<String, String> environment = System.getenv();
        CountDownLatch logging = new CountDownLatch(1);
        if (CalledCommand.of(args).opensWindow()) {
            HeadStart.begin(Optional.empty(), logging);
        }
        Logging.start(
                Folders.of(environment),
                "json".equalsIgnoreCase(environment.get("VIGIE_LOG")),
                Journal.isStandardError(environment));
        logging.countDown();
        ProgramFiles.holdSoon(ProgramFiles.START);
        Lifeline.hold(environment);
        int code = run(args, environment, out, err);
        if (out.checkError() && !StandardOutput.isAbandoned()) {
            // A reader that leaves has what he wanted; a full disk has not.
            err.println(Words.in(Language.of(args, environment)).say("app.outputFailed"));
            code = Math.max(code, Fault.Kind.BLOCKED.exitCode());
        }
        err.flush();
        System.exit(code);
    }

    /**
     * Runs one command.
     *
     * @param environment the environment variables it may see
     * @param out takes the command's own result, nothing else
     * @param err takes notices, progress and faults
     * @return the exit code of the public interface: 0 done, 1 done with warnings or nothing found,
     *     2 wrong words, 3 blocked, 4 failed
     */
    public static int run(
            String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        Locale locale = Language.of(args, environment);
        Words words = Words.in(locale);
        Invocation invocation = new Invocation(environment, words, out, err);
        // The start script has found it.
        invocation
                .variable("VIGIE_DAMAGED")
                .ifPresent(file -> {
                    invocation.notice("app.damaged", file);
                    logger().warn("{} has other sums than it was installed with", file);
                });
        CommandLine line = parent(invocation);
        if (!DistributedCommands.addOnly(CalledCommand.of(args).name(), line)) {
            DistributedCommands.add(line, invocation, Distribution.here());
        }
        return speaking(line, invocation).execute(args);
    }

    /** The tree of commands with its help in the invocation's language. */
    static CommandLine commandLine(Invocation invocation) {
        return commandLine(invocation, Distribution.here());
    }

    /** The same as it is in a given distribution. */
    static CommandLine commandLine(Invocation invocation, Distribution distribution) {
        CommandLine line = parent(invocation);
        DistributedCommands.add(line, invocation, distribution);
        return speaking(line, invocation);
    }

    private static CommandLine parent(Invocation invocation) {
        return new CommandLine(new VigieCommand(), new Commands(invocation));
    }

    /** Help, complaints and codes, for the line and all that was added to it. */
    private static CommandLine speaking(CommandLine line, Invocation invocation) {
        Words words = invocation.words();
        line.setResourceBundle(
                ResourceBundle.getBundle(
                        "vigie.text.help",
                        words.language(),
                        ResourceBundle.Control.getNoFallbackControl(
                                ResourceBundle.Control.FORMAT_PROPERTIES)));
        line.setOut(new java.io.PrintWriter(invocation.out(), true, StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(invocation.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        line.setExitCodeExceptionMapper(
                thrown -> thrown instanceof Fault fault ? fault.kind().exitCode() : 4);
        line.setParameterExceptionHandler((wrong, given) -> {
            invocation.complain(UsageWords.explain(wrong, words));
            return Fault.Kind.USAGE.exitCode();
        });
        line.setExecutionExceptionHandler((thrown, command, parsed) -> {
            if (thrown instanceof Fault fault) {
                invocation.complain(words.say(fault.sentence()));
                logger().info("{}", fault.getMessage(), fault.getCause());
                return fault.kind().exitCode();
            }
            logger().error("command failed", thrown);
            invocation.err().println(words.say("app.internal", Logging.file().toString()));
            return Fault.Kind.FAILED.exitCode();
        });
        return line;
    }

    private static Logger logger() {
        return LoggerFactory.getLogger(Main.class);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
