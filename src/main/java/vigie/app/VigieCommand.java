package vigie.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code vigie}: the parent of all commands; each lives in a class of its own. {@link
 * DistributedCommands} adds them.
 */
@Command(name = "vigie", mixinStandardHelpOptions = true, versionProvider = Version.class)
final class VigieCommand implements Runnable {
    @Spec private CommandSpec spec;

    @SuppressWarnings("UnusedVariable") // picocli fills it
    @Mixin
    private LanguageOption language;

    VigieCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), UsageWords.NO_COMMAND);
    }
}
