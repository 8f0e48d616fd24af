package vigie.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import vigie.text.Fault;

/** {@code vigie incident}: a stretch of the past as one file. */
@Command(
        name = "incident",
        subcommands = {
            IncidentSaveCommand.class,
            IncidentShowCommand.class,
            IncidentVerifyCommand.class
        })
final class IncidentCommand extends Subcommand {
    @Spec private CommandSpec spec;

    IncidentCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        throw new ParameterException(spec.commandLine(), UsageWords.NO_COMMAND);
    }
}
