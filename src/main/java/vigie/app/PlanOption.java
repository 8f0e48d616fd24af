package vigie.app;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Option;

import vigie.plan.LastGoodPlan;
import vigie.plan.OpenedPlan;
import vigie.text.Fault;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code --plan FILE}; without it {@code VIGIE_PLAN}, the configuration file, the built-in plan.
 */
final class PlanOption {
    @Option(names = "--plan", paramLabel = "FILE")
    private @Nullable Path file;

    PlanOption() {}

    /** Whether the call says it. */
    boolean isGiven() {
        return file != null;
    }

    /** The file asked for; empty: the built-in plan. */
    Optional<Path> file(Invocation invocation, Configuration configuration) {
        return Optional.ofNullable(file)
                .or(() -> invocation.variable("VIGIE_PLAN").map(Path::of))
                .or(() -> configuration.plan().map(Path::of));
    }

    /** The plan to show: the one asked for, else its last good copy, else the built-in one. */
    OpenedPlan open(Invocation invocation, Configuration configuration) {
        OpenedPlan opened =
                OpenedPlan.open(
                        file(invocation, configuration),
                        new LastGoodPlan(invocation.folders().state().resolve("plans")));
        opened.fault().ifPresent(PlanOption::log);
        return opened;
    }

    private static void log(Fault fault) {
        LoggerFactory.getLogger(PlanOption.class).warn("plan: {}", fault.getMessage());
    }
}
