package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.Optional;

/**
 * {@code --as NAME}: who acts. Without it {@code VIGIE_AS}, the configuration file, the name of the
 * login.
 */
final class OperatorOption {
    /** What Java says of a login that the system has no name for. */
    private static final String NAMELESS = "?";

    @Option(names = "--as", paramLabel = "NAME")
    private @Nullable String name;

    OperatorOption() {}

    /** Whether the call says it. */
    boolean isGiven() {
        return name != null;
    }

    /** What the call says; empty: it says nothing. */
    Optional<String> given() {
        return Optional.ofNullable(name);
    }

    /**
     * The operator's name, without blanks around; empty where nothing says it. Whoever keeps it
     * checks its length.
     */
    String name(Invocation invocation, Configuration configuration) {
        return Optional.ofNullable(name)
                .or(() -> invocation.variable("VIGIE_AS"))
                .or(configuration::operator)
                .or(() ->
                        Optional.ofNullable(System.getProperty("user.name"))
                                .filter(login -> !login.equals(NAMELESS)))
                .or(() -> invocation.variable("LOGNAME"))
                .or(() -> invocation.variable("USER"))
                .orElse("")
                .strip();
    }
}
