package vigie.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.console.start.Display;
import vigie.store.DatabaseAddress;
import vigie.store.Folders;
import vigie.store.OwnSchema;
import vigie.store.RunningDemo;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What somebody far away needs to see why a Vigie does not work, and nothing that would let him
 * into anything. Every part is text and passes {@link Scrub}; of the configuration and the
 * environment only what is known to be harmless is taken at all.
 */
final class SupportBundle {
    private static final Logger LOG = LoggerFactory.getLogger(SupportBundle.class);

    /** Of all logs together; packed they are a tenth of it. */
    private static final int MOST_LOG = 20_000_000;

    private static final int MOST_PLAN = 5_000_000;
    private static final int MOST_SAID = 1_000_000;
    private static final int LOG_FILES = 5;
    private static final int MOST_FILES = 500;
    private static final long COMMAND_SECONDS = 6;
    private static final double GIGABYTE = 1e9;

    private static final Pattern KEY_AND_VALUE =
            Pattern.compile("([A-Za-z0-9_-]{1,40})\\s*:(?:\\s+(.*))?");

    private static final Pattern FX_JAR = Pattern.compile("javafx-graphics-([0-9][0-9.]*[0-9])");

    /** Keys of the configuration whose values are no secrets; the address is shown by itself. */
    private static final Set<String> HARMLESS_KEYS =
            Set.of(
                    "plan",
                    "lang",
                    "units",
                    "as",
                    "archive-raw-days",
                    "archive-points",
                    "return-to-live-minutes",
                    "db-password-file");

    private static final List<String> ADDRESSES = List.of("MARIADB_URL", "VIGIE_DB_URL");

    private static final List<String> HARMLESS_VARIABLES =
            List.of(
                    "VIGIE_PLAN",
                    "VIGIE_LOG",
                    "HOME",
                    "XDG_CONFIG_HOME",
                    "XDG_DATA_HOME",
                    "XDG_STATE_HOME",
                    "XDG_CACHE_HOME",
                    "XDG_SESSION_TYPE",
                    "XDG_CURRENT_DESKTOP",
                    "XDG_RUNTIME_DIR",
                    "DISPLAY",
                    "WAYLAND_DISPLAY",
                    "GDK_BACKEND",
                    "GDK_SCALE",
                    "LANG",
                    "LC_ALL",
                    "TZ");

    private static final Pattern SECRET_NAME =
            Pattern.compile(".*(PASS|PWD|SECRET|TOKEN|CREDENTIAL).*");

    /** They look like secrets and are none: without them every path would be taken out. */
    private static final Set<String> FOLDERS_OF_SHELLS = Set.of("PWD", "OLDPWD");

    private final Invocation invocation;
    private final Words words;
    private final Scrub scrub = new Scrub();
    private final Map<String, String> parts = new LinkedHashMap<>();
    private final Map<String, Sentence> about = new LinkedHashMap<>();
    private final List<Sentence> missing = new ArrayList<>();

    private SupportBundle(Invocation invocation) {
        this.invocation = invocation;
        words = invocation.words();
    }

    /**
     * Collects everything; takes at most about a minute. What cannot be had is said in {@link
     * #missing}.
     *
     * @param named the configuration file that the call names
     */
    static SupportBundle collect(
            Invocation invocation, Optional<Path> named, DatabaseOption database, PlanOption plan) {
        SupportBundle bundle = new SupportBundle(invocation);
        Configuration configuration = bundle.learnSecrets(named, database);
        bundle.checkup(named, database, plan);
        bundle.add("versions.txt", Sentence.of("support.versions"), bundle.versions());
        bundle.configuration(named, configuration);
        bundle.add("environment.txt", Sentence.of("support.environment"), bundle.environment());
        bundle.plan(plan.file(invocation, configuration));
        bundle.add("files.txt", Sentence.of("support.files"), bundle.files());
        bundle.units();
        bundle.logs();
        return bundle;
    }

    /** The names of its parts and what they are, in words. */
    Map<String, Sentence> about() {
        return about;
    }

    /** What could not be had. */
    List<Sentence> missing() {
        return List.copyOf(missing);
    }

    /** Writes it as one zip; the first entry says what the others are. */
    void write(OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            entry(zip, "README.txt", readme());
            for (Map.Entry<String, String> part : parts.entrySet()) {
                entry(zip, part.getKey(), part.getValue());
            }
        }
    }

    private void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry("vigie-support/" + name));
        zip.write(scrub.clean(text).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private String readme() {
        StringBuilder text = new StringBuilder(2_048);
        text.append(
                words.say(
                        "support.readme",
                        Version.number(),
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
        text.append("\n\n");
        about.forEach((name, sentence) ->
                text.append("  ")
                        .append(name)
                        .append('\n')
                        .append("      ")
                        .append(words.say(sentence))
                        .append('\n'));
        if (!missing.isEmpty()) {
            text.append('\n').append(words.say("support.missing")).append('\n');
            missing.forEach(sentence -> text.append("  ").append(words.say(sentence)).append('\n'));
        }
        text.append('\n').append(words.say("support.secrets")).append('\n');
        return text.toString();
    }

    private void add(String name, Sentence what, String text) {
        parts.put(name, text);
        about.put(name, what);
    }

    // ---- secrets

    /** Everything secret that this machine tells, before anything is collected. */
    private Configuration learnSecrets(Optional<Path> named, DatabaseOption database) {
        ADDRESSES.forEach(name -> invocation.variable(name).ifPresent(scrub::addresses));
        invocation
                .environment()
                .forEach((name, value) -> {
                    if (!FOLDERS_OF_SHELLS.contains(name)
                            && SECRET_NAME.matcher(name.toUpperCase(Locale.ROOT)).matches()) {
                        scrub.secret(value);
                    }
                });
        for (Path file : configurationFiles(named)) {
            read(file, MOST_SAID).ifPresent(scrub::addresses);
        }
        Configuration configuration = new Configuration(Map.of(), Optional.empty());
        try {
            configuration = Configuration.read(named, invocation.folders());
        } catch (Fault saidByTheDoctor) {
            LOG.debug("{}", saidByTheDoctor.getMessage());
        }
        Optional.ofNullable(configuration.settings().get("db-url")).ifPresent(scrub::addresses);
        learn(configuration);
        learn(configuration, database);
        return configuration;
    }

    private void learn(Configuration configuration) {
        try {
            configuration
                    .passwordFile()
                    .flatMap(file -> read(file, MOST_SAID))
                    // As the program reads it: without the mark that some editors put before it.
                    .map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text)
                    .ifPresent(scrub::secret);
        } catch (Fault noPath) {
            LOG.debug("{}", noPath.getMessage());
        }
    }

    private void learn(Configuration configuration, DatabaseOption database) {
        try {
            database.given(invocation, configuration).ifPresent(scrub::address);
            RunningDemo.find(invocation.folders())
                    .ifPresent(demo -> {
                        scrub.address(demo.address());
                        demo.writer().ifPresent(scrub::address);
                    });
        } catch (Fault saidByTheDoctor) {
            LOG.debug("{}", saidByTheDoctor.getMessage());
        }
    }

    private List<Path> configurationFiles(Optional<Path> named) {
        List<Path> files = new ArrayList<>();
        named.ifPresent(files::add);
        files.add(invocation.folders().config().resolve(Configuration.NAME));
        files.add(Configuration.SYSTEM.resolve(Configuration.NAME));
        return files.stream().filter(Files::isRegularFile).toList();
    }

    // ---- the parts

    private void checkup(Optional<Path> named, DatabaseOption database, PlanOption plan) {
        Words each = words;
        var text = new ByteArrayOutputStream();
        var lines = new ByteArrayOutputStream();
        try (PrintStream report = new PrintStream(text, false, StandardCharsets.UTF_8);
                PrintStream json = new PrintStream(lines, false, StandardCharsets.UTF_8)) {
            try {
                Checkup found = Checkup.of(invocation, named, database, plan);
                new DoctorReport(new Invocation(Map.of("COLUMNS", "120"), each, report, report))
                        .print(found);
                new DoctorLines(each, json).print(found);
            } catch (Fault refused) {
                report.println(each.say(refused.sentence()));
                missing.add(refused.sentence());
            }
        }
        add("doctor.txt", Sentence.of("support.doctor"), text.toString(StandardCharsets.UTF_8));
        add(
                "doctor.json",
                Sentence.of("support.doctorLines"),
                lines.toString(StandardCharsets.UTF_8));
    }

    private String versions() {
        Runtime runtime = Runtime.getRuntime();
        Map<String, String> said = new LinkedHashMap<>();
        Distribution distribution = Distribution.here();
        said.put("vigie", Version.number());
        said.put(
                "distribution",
                distribution.kind().name().toLowerCase(Locale.ROOT)
                        + distribution.home().map(home -> " " + home).orElse(""));
        said.put("schema", "knows version " + OwnSchema.known());
        said.put(
                "java",
                Runtime.version()
                        + " "
                        + System.getProperty("java.vendor", "")
                        + " "
                        + System.getProperty("java.vm.name", ""));
        said.put("java home", System.getProperty("java.home", ""));
        said.put("javafx", toolkit());
        said.put("pipeline", System.getProperty("prism.order", "sw (default)"));
        said.put(
                "system",
                System.getProperty("os.name", "")
                        + " "
                        + System.getProperty("os.version", "")
                        + " "
                        + System.getProperty("os.arch", ""));
        said.put("distribution of the system", release());
        said.put("libc", libc());
        said.put("processors", Integer.toString(runtime.availableProcessors()));
        said.put("heap, most", gigabytes(runtime.maxMemory()));
        said.put("locale", Locale.getDefault().toLanguageTag());
        said.put("window", window());
        StringBuilder text = new StringBuilder(1_024);
        said.forEach(
                (name, value) -> text.append(name).append(": ").append(value.strip()).append('\n'));
        read(Path.of("/proc/meminfo"), MOST_SAID)
                .ifPresent(memory ->
                        memory.lines().limit(6).forEach(line -> text.append(line).append('\n')));
        read(Path.of("/proc/loadavg"), MOST_SAID)
                .ifPresent(load -> text.append("load: ").append(load));
        for (Path folder : folders()) {
            text.append(disk(folder)).append('\n');
        }
        return text.toString();
    }

    private static String toolkit() {
        return ModuleLayer.boot()
                .findModule("javafx.graphics")
                .flatMap(module -> module.getDescriptor().rawVersion())
                .orElseGet(() -> {
                    Matcher jar = FX_JAR.matcher(System.getProperty("java.class.path", ""));
                    return jar.find() ? jar.group(1) : "?";
                });
    }

    private String window() {
        try {
            return Display.choose(false).inMemory()
                    ? "in memory"
                    : "screen and libraries are there";
        } catch (Fault lacks) {
            return words.say(lacks.sentence());
        }
    }

    private static String release() {
        return read(Path.of("/etc/os-release"), MOST_SAID)
                .flatMap(text ->
                        text.lines().filter(line -> line.startsWith("PRETTY_NAME=")).findFirst())
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .orElse("?");
    }

    private static String libc() {
        return said(List.of("ldd", "--version"))
                .flatMap(text -> text.lines().findFirst())
                .orElse("?");
    }

    private List<Path> folders() {
        Folders folders = invocation.folders();
        return List.of(folders.config(), folders.data(), folders.state(), folders.cache());
    }

    private static String disk(Path folder) {
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            FileStore store = Files.getFileStore(there);
            return "disk of "
                    + folder
                    + ": "
                    + gigabytes(store.getUsableSpace())
                    + " free of "
                    + gigabytes(store.getTotalSpace())
                    + ", "
                    + store.type();
        } catch (IOException unknown) {
            return "disk of " + folder + ": ?";
        }
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f GB", bytes / GIGABYTE);
    }

    private void configuration(Optional<Path> named, Configuration configuration) {
        List<Path> files = configurationFiles(named);
        StringBuilder text = new StringBuilder(1_024);
        for (Path file : files) {
            text.append("# ").append(file).append('\n');
            Optional<String> read = read(file, MOST_SAID);
            if (read.isEmpty()) {
                text.append("# not readable\n");
                missing.add(Sentence.of("app.config.unreadable", file.toString()));
            }
            read.ifPresent(yaml -> text.append(harmless(yaml)));
        }
        if (files.isEmpty()) {
            text.append("# none\n");
        }
        configuration.file().ifPresent(used -> text.append("# used: ").append(used).append('\n'));
        add("configuration.txt", Sentence.of("support.configuration"), text.toString());
    }

    /**
     * The lines of a configuration of which we know what they say. Remarks are left out: people
     * write passwords into them.
     */
    private static String harmless(String yaml) {
        StringBuilder text = new StringBuilder(512);
        boolean points = false;
        for (String line : yaml.lines().toList()) {
            Matcher pair = KEY_AND_VALUE.matcher(line);
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            if (pair.matches()) {
                String key = pair.group(1);
                points = key.equals("archive-points");
                String value = Optional.ofNullable(pair.group(2)).orElse("");
                text.append(key)
                        .append(": ")
                        .append(
                                key.equals("db-url")
                                        ? address(unquoted(value))
                                        : HARMLESS_KEYS.contains(key)
                                                ? withoutRemark(value)
                                                : "(left out)");
            } else if (points && line.strip().startsWith("- ")) {
                text.append(withoutRemark(line));
            } else {
                text.append("(left out)");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String withoutRemark(String value) {
        int remark = value.indexOf(" #");
        return remark < 0 ? value : value.substring(0, remark);
    }

    private static String unquoted(String value) {
        return withoutRemark(value).strip().replaceAll("^[\"']|[\"']$", "");
    }

    /** An address as it may be seen; what is none may be anything, and is not shown. */
    private static String address(String text) {
        try {
            return DatabaseAddress.parse(text).shown();
        } catch (Fault noAddress) {
            return "(no address, left out)";
        }
    }

    private String environment() {
        Map<String, String> said = new TreeMap<>();
        for (String name : HARMLESS_VARIABLES) {
            invocation.variable(name).ifPresent(value -> said.put(name, value));
        }
        for (String name : ADDRESSES) {
            invocation.variable(name).ifPresent(value -> said.put(name, address(value)));
        }
        StringBuilder text = new StringBuilder(512);
        said.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
        return text.toString();
    }

    private void plan(Optional<Path> file) {
        if (file.isEmpty()) {
            return;
        }
        Optional<String> read = read(file.get(), MOST_PLAN);
        read.ifPresentOrElse(
                text -> add("plan.json", Sentence.of("support.plan", file.get().toString()), text),
                () -> missing.add(Sentence.of("support.noPlan", file.get().toString())));
    }

    /** Names, sizes, rights and times of what lies in our folders; never what is in it. */
    private String files() {
        StringBuilder text = new StringBuilder(2_048);
        for (Path folder : folders()) {
            text.append(folder).append('\n');
            if (!Files.isDirectory(folder)) {
                text.append("  -\n");
                continue;
            }
            try (Stream<Path> found = Files.walk(folder, 3)) {
                found.skip(1).limit(MOST_FILES).sorted().forEach(file -> text.append(line(file)));
            } catch (IOException | UncheckedIOException unreadable) {
                text.append("  ?\n");
            }
        }
        return text.toString();
    }

    private static String line(Path file) {
        try {
            BasicFileAttributes its = Files.readAttributes(file, BasicFileAttributes.class);
            String rights =
                    file.getFileSystem().supportedFileAttributeViews().contains("posix")
                            ? PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                                    + " "
                                    + Files.getOwner(file).getName()
                            : "";
            return "  %s %12d %s %s%n".formatted(rights, its.size(), its.lastModifiedTime(), file);
        } catch (IOException gone) {
            return "  ? " + file + "\n";
        }
    }

    private void units() {
        StringBuilder text = new StringBuilder(2_048);
        for (List<String> command :
                List.of(
                        List.of("systemctl", "--no-pager", "--lines=0", "status", "vigie-duty"),
                        List.of(
                                "systemctl",
                                "--user",
                                "--no-pager",
                                "--lines=0",
                                "status",
                                "vigie-wall"))) {
            said(command)
                    .ifPresent(answer ->
                            text.append("$ ")
                                    .append(String.join(" ", command))
                                    .append('\n')
                                    .append(answer)
                                    .append('\n'));
        }
        if (!text.isEmpty()) {
            add("units.txt", Sentence.of("support.units"), text.toString());
        }
        journal("logs/journal-duty.txt", List.of("journalctl", "-u", "vigie-duty"));
        journal("logs/journal-wall.txt", List.of("journalctl", "--user", "-u", "vigie-wall"));
    }

    private void journal(String name, List<String> command) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of("--no-pager", "-n", "5000", "-o", "short-iso-precise"));
        said(whole)
                // Where there is no journal, or nothing in it, it says so in words of its own.
                .filter(text -> text.contains("vigie"))
                .ifPresent(text -> add(name, Sentence.of("support.journal"), text));
    }

    /** The newest first, until there is enough. */
    private void logs() {
        Path newest = invocation.folders().state().resolve("vigie.log");
        int left = MOST_LOG;
        for (int i = 0; i <= LOG_FILES && left > 0; i++) {
            Path file = i == 0 ? newest : newest.resolveSibling("vigie.log." + i);
            Optional<String> text = read(file, left);
            if (text.isPresent()) {
                left -= text.get().length();
                add("logs/" + file.getFileName(), Sentence.of("support.log"), text.get());
            }
        }
        if (left == MOST_LOG) {
            missing.add(Sentence.of("support.noLog", newest.toString()));
        }
    }

    // ---- reading

    /** The end of a file, from the beginning of a line; empty where there is none to read. */
    private static Optional<String> read(Path file, int most) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            long length = open.length();
            if (length == 0) {
                // Files of the kernel have no length.
                try (InputStream in = Files.newInputStream(file)) {
                    return Optional.of(new String(in.readNBytes(most), StandardCharsets.UTF_8));
                }
            }
            long from = Math.max(0, length - most);
            open.seek(from);
            byte[] bytes = new byte[(int) (length - from)];
            open.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return Optional.of(from == 0 ? text : text.substring(text.indexOf('\n') + 1));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** What a command of the system says; empty where there is none, or it hangs. */
    private static Optional<String> said(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .start();
            var text = new CompletableFuture<String>();
            Thread.ofVirtual()
                    .name("vigie-ask-system")
                    .start(() -> {
                        try (InputStream in = process.getInputStream()) {
                            text.complete(
                                    new String(in.readNBytes(MOST_SAID), StandardCharsets.UTF_8));
                        } catch (IOException broken) {
                            text.complete("");
                        }
                    });
            try {
                return Optional.of(text.get(COMMAND_SECONDS, TimeUnit.SECONDS));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException | ExecutionException | TimeoutException noSuchCommand) {
            return Optional.empty();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
