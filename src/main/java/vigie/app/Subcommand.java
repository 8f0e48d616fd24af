package vigie.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import vigie.text.Fault;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What every command has: {@code --help}, {@code --version}, {@code --lang}, {@code --config}, and
 * the invocation it runs in.
 */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class Subcommand implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin private LanguageOption language;

    @Mixin private ConfigOption config;

    Subcommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Words, streams and environment of this call. */
    final Invocation invocation() {
        return invocation;
    }

    /** The configuration file that the call names. */
    final Optional<Path> configFile() {
        return config.file();
    }

    /** The language that the call names; the words are in it already. */
    final Optional<Locale> givenLanguage() {
        return language.given();
    }

    /** What the configuration file says; an empty configuration where there is none. */
    final Configuration configuration() throws Fault {
        Configuration read = Configuration.read(config.file(), invocation.folders());
        // The units went into the locale before anything could be said of them.
        boolean _ = read.isFahrenheit();
        read.checkLanguage();
        return read;
    }

    /** The configuration file that the call names; empty: the usual ones. */
    final Optional<Path> namedConfiguration() {
        return config.file();
    }

    @Override
    public final Integer call() throws Fault, InterruptedException {
        return run();
    }

    /**
     * Does the work.
     *
     * @return the exit code of the public interface
     */
    abstract int run() throws Fault, InterruptedException;
}
