package vigie.app;

import picocli.CommandLine.Command;

import vigie.text.Fault;
import vigie.text.Sentence;

/**
 * {@code vigie test}: run by the launcher of a checkout before the program starts, because it
 * builds the program. Reached only where there is no checkout.
 */
@Command(name = "test")
final class TestCommand extends Subcommand {
    TestCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        throw new Fault(
                Fault.Kind.BLOCKED, Sentence.of("app.test.checkout"), "test without checkout");
    }
}
