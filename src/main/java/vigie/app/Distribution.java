package vigie.app;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How this program came onto the machine: what it may do depends on it.
 *
 * @param kind which parts are there
 * @param home the folder it was installed into; empty in a checkout
 */
record Distribution(Kind kind, Optional<Path> home) {
    /** Which parts are there. */
    enum Kind {
        /** A checkout: everything, and what builds it. */
        CHECKOUT,
        /** The package: no embedded server and no simulator. */
        PLAIN,
        /** The package for showing Vigie: with the embedded server and the simulator. */
        DEMO
    }

    /** The launcher of a package says {@code plain} or {@code demo} here. */
    static final String KIND = "vigie.distribution";

    /** The launcher of a package says here where it was installed. */
    static final String HOME = "vigie.home";

    /** What this process was started as. */
    static Distribution here() {
        Kind kind =
                switch (System.getProperty(KIND, "")) {
                    case "plain" -> Kind.PLAIN;
                    case "demo" -> Kind.DEMO;
                    default -> Kind.CHECKOUT;
                };
        return new Distribution(
                kind,
                Optional.ofNullable(System.getProperty(HOME))
                        .map(Path::of)
                        .filter(Files::isDirectory));
    }

    /** Whether the embedded server and the simulator are there. */
    boolean simulates() {
        return kind != Kind.PLAIN;
    }

    /** How it is called here. */
    String command() {
        return isCheckout() ? "./vigie" : "vigie";
    }

    /** What to say where no database is named: only what is there is recommended. */
    Fault noDatabase() {
        return new Fault(
                Fault.Kind.BLOCKED,
                simulates()
                        ? Sentence.of("app.database.none", command())
                        : Sentence.of("store.url.missing"),
                "no database address");
    }

    /** Whether it can be built, tested and packaged from here. */
    boolean isCheckout() {
        return kind == Kind.CHECKOUT;
    }
}
