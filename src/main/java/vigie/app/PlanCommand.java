package vigie.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import vigie.text.Fault;

/** {@code vigie plan}: what can be done with a floor plan. */
@Command(
        name = "plan",
        subcommands = {
            PlanDrawCommand.class,
            PlanCheckCommand.class,
            PlanBindCommand.class,
            PlanUnbindCommand.class,
            PlanNewCommand.class
        })
final class PlanCommand extends Subcommand {
    @Spec private CommandSpec spec;

    PlanCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        throw new ParameterException(spec.commandLine(), UsageWords.NO_COMMAND);
    }
}
