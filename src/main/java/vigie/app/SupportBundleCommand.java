package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * {@code vigie support-bundle}: logs, configuration without secrets, the doctor's findings and
 * versions in one file that its owner alone may read. Ends with 1 where a part could not be had; a
 * database that cannot be reached is a finding in it.
 */
@Command(name = "support-bundle")
final class SupportBundleCommand extends Subcommand {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'vigie-support-'yyyy-MM-dd'T'HHmmss'.zip'", Locale.ROOT);

    @Parameters(arity = "0..1", paramLabel = "FILE")
    private @Nullable String file;

    @Mixin private DatabaseOption database;
    @Mixin private PlanOption plan;

    SupportBundleCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        Path place = OutputFile.place(asked());
        Path name = place.getFileName();
        Path unfinished =
                place.resolveSibling(
                        "." + name + "." + ProcessHandle.current().pid() + ".unfinished");
        SupportBundle bundle;
        try {
            // Before the minute that collecting may take, not after it.
            Files.createFile(unfinished, ownerOnly(unfinished));
            try (OutputStream out = Files.newOutputStream(unfinished, StandardOpenOption.WRITE)) {
                bundle = SupportBundle.collect(invocation(), namedConfiguration(), database, plan);
                bundle.write(out);
            }
            Files.move(unfinished, place, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw OutputFile.unwritable(place, failed);
        } finally {
            remove(unfinished);
        }
        tell(place, bundle);
        return bundle.missing().isEmpty() ? 0 : 1;
    }

    private Path asked() throws Fault {
        String said = file == null ? NAME.format(LocalDateTime.now(ZoneId.systemDefault())) : file;
        try {
            return Path.of(said);
        } catch (InvalidPathException noPath) {
            throw new Fault(
                    Fault.Kind.USAGE, Sentence.of("app.unwritable", said), "no path", noPath);
        }
    }

    private void tell(Path place, SupportBundle bundle) {
        say(Sentence.of("support.written", place.toString()));
        for (Map.Entry<String, Sentence> part : bundle.about().entrySet()) {
            invocation()
                    .out()
                    .println(
                            "  %-24s %s"
                                    .formatted(
                                            part.getKey(),
                                            invocation().words().say(part.getValue())));
        }
        say(Sentence.of("support.secrets"));
        invocation().out().flush();
        bundle.missing()
                .forEach(sentence -> invocation().complain(invocation().words().say(sentence)));
    }

    private void say(Sentence sentence) {
        invocation()
                .out()
                .println(DatabaseAddress.withoutPasswords(invocation().words().say(sentence)));
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void remove(Path unfinished) throws Fault {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException left) {
            throw OutputFile.unwritable(unfinished, left);
        }
    }
}
