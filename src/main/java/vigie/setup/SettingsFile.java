package vigie.setup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.plan.Plan;
import vigie.plan.PlanWriter;
import vigie.store.Secret;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes {@code vigie.yaml} and what it names. Whenever the program or the machine stops, what is
 * on the disk is either all as before or all as asked for: secret and plan are written first, each
 * under a name that nothing names yet, and the settings take their place in one step.
 */
public final class SettingsFile {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsFile.class);

    /** The usual name of the secret's file, and those it gets where that one is taken. */
    private static final Pattern SECRET_NAME = Pattern.compile("password(?:-[0-9]{1,3})?");

    private static final String SECRET = "rw-------";
    private static final String OPEN = "rw-r--r--";
    private static final int MOST_NAMES = 1_000;

    /** A file on its way to a name, as {@link #fresh} calls it. */
    private static final Pattern UNNAMED =
            Pattern.compile("\\.(?:password|room\\.json|vigie\\.yaml)\\.[0-9a-f]{16}\\.tmp");

    /** The first one may be somebody's own. */
    private static final Pattern NUMBERED_SECRET = Pattern.compile("password-[0-9]{1,3}");

    private static final Duration LEFT_AFTER = Duration.ofHours(1);

    /** Bytes; larger is no file of settings. */
    private static final long LARGEST_SETTINGS = 1 << 20;

    private final Path file;
    private final Optional<String> service;
    private final Steps steps;

    /**
     * What was written.
     *
     * @param file the settings
     * @param secret the file of the password; empty: there is no password, or it did not change
     * @param plan the plan that was made
     */
    public record Written(Path file, Optional<Path> secret, Optional<Path> plan) {}

    SettingsFile(Path file, Optional<String> service, Steps steps) {
        this.file = real(file.toAbsolutePath().normalize());
        this.service = service;
        this.steps = steps;
    }

    /** A user's own settings: what is new there is for this user only. */
    public static SettingsFile ofUser(Path file) {
        return new SettingsFile(file, Optional.empty(), Steps.ALL);
    }

    /**
     * A machine's settings: everybody may read them, and the secret belongs to the account.
     *
     * @param service the account of the service; where there is none the secret is the writer's
     */
    public static SettingsFile ofMachine(Path file, String service) {
        return new SettingsFile(file, Optional.of(service), Steps.ALL);
    }

    /** Where the settings are. */
    public Path file() {
        return file;
    }

    /**
     * Makes the change.
     *
     * @param from the file whose settings are in force and which this one takes the place of; empty
     *     where this one begins new or is there already
     * @param drawn a plan to write beside the settings and to name in them; empty: none
     * @param language of the comments of a new file
     * @throws Fault what is in the way; then nothing has changed
     */
    public Written write(Change change, Optional<Path> from, Optional<Plan> drawn, Locale language)
            throws Fault {
        Undo undo = new Undo();
        try {
            String text = text(from, language);
            sweep(text);
            Change all = change;
            if (!Files.exists(file) && from.isPresent()) {
                all = kept(all, from.get(), text);
            }
            folder();
            Optional<Path> plan = Optional.empty();
            if (drawn.isPresent()) {
                byte[] json = PlanWriter.write(drawn.get());
                plan = Optional.of(create("room", ".json", json, OPEN, false, undo));
                all = all.plan(plan);
            }
            Optional<Path> before = Files.exists(file) ? named(text) : Optional.empty();
            Optional<Path> secret = Optional.empty();
            if (all.password().isPresent()) {
                Secret password = all.password().get();
                if (!password.isEmpty()) {
                    secret = Optional.of(secret(before, password, undo));
                }
                all =
                        all.with(
                                Change.PASSWORD_FILE,
                                secret.map(path -> path.getFileName().toString()));
            }
            String next = edited(text, all);
            replace(next);
            undo.nothing();
            if (all.password().isPresent()) {
                forget(before, secret);
            }
            return new Written(file, secret, plan);
        } catch (IOException failed) {
            throw unwritable(failed);
        } finally {
            undo.run();
        }
    }

    /**
     * What a setup that was killed has left: files that had no name yet, and secrets that no
     * settings in this folder name. Only what is surely ours: by its name, its rights and its age.
     */
    private void sweep(String text) {
        if (!Files.isDirectory(parent())) {
            return;
        }
        try (Stream<Path> beside = Files.list(parent())) {
            List<Path> all = beside.toList();
            String named = text + settingsAmong(all);
            for (Path path : all) {
                String name = path.getFileName().toString();
                boolean unnamed = UNNAMED.matcher(name).matches();
                boolean secret = NUMBERED_SECRET.matcher(name).matches() && !named.contains(name);
                if ((unnamed || secret) && isOld(path) && (unnamed || isOnlyOurs(path))) {
                    Files.deleteIfExists(path);
                    LOG.info("removed what a broken-off setup had left: {}", path);
                }
            }
        } catch (IOException left) {
            LOG.info("not tidied: {}", parent(), left);
        }
    }

    /** Settings may have any name; those that cannot be read may name any secret. */
    private static String settingsAmong(List<Path> files) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path path : files) {
            if (Files.isRegularFile(path) && Files.size(path) <= LARGEST_SETTINGS) {
                // Whatever it is written in: what is looked for has no accents.
                text.append(Files.readString(path, StandardCharsets.ISO_8859_1)).append('\n');
            }
        }
        return text.toString();
    }

    /** A setup that is under way now is younger. */
    private static boolean isOld(Path path) throws IOException {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                && Files.getLastModifiedTime(path)
                        .toInstant()
                        .isBefore(Instant.now().minus(LEFT_AFTER));
    }

    private static boolean isOnlyOurs(Path path) throws IOException {
        return posix(path)
                && Files.getPosixFilePermissions(path)
                        .equals(PosixFilePermissions.fromString(SECRET));
    }

    /** Files made on the way, which go again if the end is not reached. */
    private static final class Undo {
        private final List<Path> made = new ArrayList<>();

        void add(Path path) {
            made.add(path);
        }

        void nothing() {
            made.clear();
        }

        void run() {
            for (Path path : made) {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException left) {
                    LOG.warn("left behind: {}", path, left);
                }
            }
        }
    }

    private String text(Optional<Path> from, Locale language) throws Fault {
        Path source = Files.exists(file) ? file : from.filter(Files::exists).orElse(null);
        if (source == null) {
            return template(language);
        }
        try {
            return Files.readString(source);
        } catch (IOException unreadable) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("setup.unreadable", source.toString()),
                    "cannot read " + source,
                    unreadable);
        }
    }

    static String template(Locale language) {
        String name = language.getLanguage().equals("fr") ? "vigie_fr.yaml" : "vigie.yaml";
        try (InputStream in =
                Objects.requireNonNull(
                        SettingsFile.class.getResourceAsStream("/vigie/setup/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** What counted from the folder of the other file must go on naming the same. */
    private static Change kept(Change change, Path from, String text) {
        if (change.password().isPresent()) {
            return change;
        }
        return named(text)
                .map(name -> from.toAbsolutePath().resolveSibling(name))
                .map(path -> change.with(Change.PASSWORD_FILE, Optional.of(path.toString())))
                .orElse(change);
    }

    /** The file of the secret as a text of settings names it. */
    private static Optional<Path> named(String text) {
        return text.lines()
                .filter(line -> line.startsWith(Change.PASSWORD_FILE + ":"))
                .map(line -> line.substring(line.indexOf(':') + 1))
                .map(value -> value.replaceFirst("\\s+#.*$", "").strip())
                .map(value -> value.replaceAll("^[\"']|[\"']$", ""))
                .filter(value -> !value.isEmpty())
                .map(Path::of)
                .findFirst();
    }

    private String edited(String text, Change change) throws Fault {
        Optional<String> next = YamlText.change(text, change.keys());
        if (next.isEmpty()) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("setup.not-lines", file.toString(), shown(change.keys())),
                    "single lines of " + file + " cannot be changed");
        }
        return next.get();
    }

    private static String shown(Map<String, Optional<String>> keys) {
        List<String> lines = new ArrayList<>();
        keys.forEach((key, value) -> value.ifPresent(text -> lines.add(key + ": " + text)));
        return String.join("; ", lines);
    }

    private void folder() throws IOException {
        Path folder = parent();
        if (!Files.isDirectory(folder)) {
            steps.before("folder", folder);
            String mode = service.isPresent() ? "rwxr-xr-x" : "rwx------";
            Files.createDirectories(folder, permissions(mode));
            set(folder, mode);
        }
    }

    /**
     * The file of the password, on the disk. One that the settings name now is never changed: until
     * they have changed themselves it must go with the old address.
     */
    private Path secret(Optional<Path> before, Secret password, Undo undo) throws IOException {
        byte[] bytes = (password.reveal() + "\n").getBytes(StandardCharsets.UTF_8);
        if (before.isPresent()
                && before.get().getParent() == null
                && SECRET_NAME.matcher(before.get().toString()).matches()) {
            Path present = file.resolveSibling(before.get());
            if (holds(present, bytes)) {
                return present;
            }
        }
        return create("password", "", bytes, SECRET, true, undo);
    }

    private static boolean holds(Path path, byte[] bytes) {
        try {
            return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    && java.util.Arrays.equals(Files.readAllBytes(path), bytes)
                    && (!posix(path)
                            || Files.getPosixFilePermissions(path)
                                    .equals(PosixFilePermissions.fromString(SECRET)));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private Path free(String name, String end) throws IOException {
        for (int i = 1; i < MOST_NAMES; i++) {
            Path path = file.resolveSibling(name + (i == 1 ? "" : "-" + i) + end);
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return path;
            }
        }
        throw new FileAlreadyExistsException(file.resolveSibling(name + end).toString());
    }

    /** A new file under the first name that is free. */
    private Path create(
            String name, String end, byte[] bytes, String permissions, boolean secret, Undo undo)
            throws IOException {
        Path fresh = fresh(file.resolveSibling(name + end));
        undo.add(fresh);
        steps.before("create", fresh);
        Files.createFile(fresh, permissions(permissions));
        if (!secret) {
            set(fresh, permissions);
        } else if (service.isPresent()) {
            giveTo(service.get(), fresh);
        }
        fill(fresh, bytes);
        Path path = named(fresh, name, end, undo);
        forceFolder();
        return path;
    }

    /**
     * Gives a file the first name that is free. Another setup may take it in the same moment: of
     * two links of one name the second is refused, while a move would put one's password in the
     * place of another's.
     */
    private Path named(Path fresh, String name, String end, Undo undo) throws IOException {
        while (true) {
            Path path = free(name, end);
            steps.before("name", path);
            try {
                Files.createLink(path, fresh);
            } catch (FileAlreadyExistsException taken) {
                continue;
            } catch (UnsupportedOperationException | FileSystemException noLinks) {
                Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            }
            undo.add(path);
            Files.deleteIfExists(fresh);
            return path;
        }
    }

    /** The secret is still empty: from its first byte on it is the service's alone. */
    private void giveTo(String account, Path path) throws IOException {
        try {
            UserPrincipal owner =
                    path.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(account);
            steps.before("give", path);
            Files.setOwner(path, owner);
        } catch (UserPrincipalNotFoundException noService) {
            LOG.info("no account {} on this machine: {} stays the writer's", account, path);
        }
    }

    private void replace(String text) throws IOException {
        Path fresh = fresh(file);
        try {
            steps.before("create", fresh);
            Files.createFile(fresh, permissions(service.isPresent() ? OPEN : SECRET));
            if (Files.exists(file) && posix(file)) {
                Set<PosixFilePermission> as = Files.getPosixFilePermissions(file);
                Files.setPosixFilePermissions(fresh, as);
            } else if (service.isPresent()) {
                set(fresh, OPEN);
            }
            fill(fresh, text.getBytes(StandardCharsets.UTF_8));
            steps.before("name", file);
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        try {
            forceFolder();
        } catch (IOException notForced) {
            // It has its name: what is named must not be undone any more.
            LOG.warn("{} may not survive a loss of power", file, notForced);
        }
    }

    /** As asked for, whatever the login's mask takes away. */
    private static void set(Path path, String permissions) throws IOException {
        if (posix(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    private void fill(Path path, byte[] bytes) throws IOException {
        steps.before("write", path);
        Files.write(path, bytes, StandardOpenOption.WRITE);
        steps.before("force", path);
        // Before the name changes: else the new name could lead to an empty file.
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private void forceFolder() throws IOException {
        Path folder = parent();
        steps.before("force folder", folder);
        if (posix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** A secret of ours that nothing names any more. */
    private void forget(Optional<Path> before, Optional<Path> now) {
        before.filter(name -> name.getParent() == null)
                .filter(name -> SECRET_NAME.matcher(name.toString()).matches())
                .map(file::resolveSibling)
                .filter(path -> !Optional.of(path).equals(now))
                .ifPresent(path -> {
                    try {
                        steps.before("forget", path);
                        Files.deleteIfExists(path);
                    } catch (IOException left) {
                        LOG.warn("left behind: {}", path, left);
                    }
                });
    }

    private static Path fresh(Path path) {
        return path.resolveSibling(
                "."
                        + path.getFileName()
                        + "."
                        + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong())
                        + ".tmp");
    }

    private Path parent() {
        return Objects.requireNonNull(file.getParent(), "a file lies in a folder");
    }

    /** Where a link leads; the link itself stays. */
    private static Path real(Path path) {
        try {
            return Files.exists(path) ? path.toRealPath() : path;
        } catch (IOException unreadable) {
            return path;
        }
    }

    private Fault unwritable(IOException failed) {
        // Making a file names it in the fault, writing into one does not.
        String reason = String.valueOf(failed.getMessage());
        boolean full = reason.contains("No space left") || reason.contains("quota");
        return new Fault(
                Fault.Kind.BLOCKED,
                Sentence.of(full ? "setup.no-space" : "setup.unwritable", file.toString()),
                "writing " + file + ": " + failed,
                failed);
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private FileAttribute<?>[] permissions(String permissions) {
        return posix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
