package vigie.app;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import org.jspecify.annotations.Nullable;

import vigie.duty.ArchiveSettings;
import vigie.store.DatabaseAddress;
import vigie.store.Folders;
import vigie.store.OwnerOnly;
import vigie.store.Secret;
import vigie.store.SmallFile;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code vigie.yaml} says. The keys are the options' names without dashes; an unknown key is
 * refused, for it would be a setting that silently does nothing.
 *
 * @param settings key to text
 * @param file where it says it; empty: there is no such file, and nothing is said
 */
record Configuration(Map<String, String> settings, Optional<Path> file) {
    /** The configuration of a machine, for whoever has none of his own. */
    static final Path SYSTEM = Path.of("/etc/vigie");

    /** The file's name in the user's folder and in the machine's. */
    static final String NAME = "vigie.yaml";

    /** The account of the system unit, whose password lies in the machine's folder. */
    static final String SERVICE = "vigie";

    private static final ObjectMapper YAML =
            new ObjectMapper(
                    YAMLFactory.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .build());

    private static final String DB_URL = "db-url";
    private static final Pattern LINE_END = Pattern.compile("[\\r\\n]+\\z");
    private static final String PASSWORD_FILE = "db-password-file";
    private static final String UNITS = "units";
    private static final String ARCHIVE_POINTS = "archive-points";
    private static final String RETURN = "return-to-live-minutes";
    private static final long LONGEST_RETURN = 1_440;
    static final Set<String> KEYS =
            Set.of(
                    DB_URL,
                    PASSWORD_FILE,
                    "plan",
                    "lang",
                    UNITS,
                    "as",
                    "archive-raw-days",
                    ARCHIVE_POINTS,
                    RETURN);

    /** What came through pipes that a call names; guarded by itself where it changes. */
    private static final Map<Path, String> PIPED = new ConcurrentHashMap<>();

    Configuration {
        settings = Map.copyOf(settings);
    }

    /**
     * Reads the file.
     *
     * @param named the file the user named; empty: {@code vigie.yaml} in the user's folder, else
     *     that of the machine; both may be missing
     * @throws Fault if it cannot be read, says something unknown, or holds a password and may be
     *     read by others than its owner
     */
    static Configuration read(Optional<Path> named, Folders folders) throws Fault {
        return read(named, folders, SYSTEM);
    }

    static Configuration read(Optional<Path> named, Folders folders, Path system) throws Fault {
        Path own = folders.config().resolve(NAME);
        Path file = named.orElse(isThere(own) ? own : system.resolve(NAME));
        if (named.isEmpty() && !isThere(file)) {
            return new Configuration(Map.of(), Optional.empty());
        }
        JsonNode root;
        try {
            root = parse(named.isPresent() ? textOfNamed(file) : SmallFile.read(file), file);
        } catch (JsonProcessingException wrong) {
            throw fault(
                    Sentence.of(
                            "app.config.notYaml",
                            file.toString(),
                            wrong.getLocation() == null ? 1 : wrong.getLocation().getLineNr()),
                    // The parser's own text quotes the line, and with it a password.
                    null);
        } catch (IOException unreadable) {
            throw fault(Sentence.of("app.config.unreadable", file.toString()), unreadable);
        }
        Map<String, String> settings = new TreeMap<>();
        if (root.isMissingNode() || root.isNull()) {
            return new Configuration(settings, Optional.of(file));
        }
        if (!root.isObject()) {
            throw fault(Sentence.of("app.config.notKeys", file.toString()), null);
        }
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!KEYS.contains(entry.getKey()) || !isValue(entry)) {
                throw fault(
                        Sentence.of(
                                "app.config.unknownKey",
                                file.toString(),
                                entry.getKey(),
                                String.join(", ", new TreeSet<>(KEYS))),
                        null);
            }
            if (entry.getValue().isArray()) {
                settings.put(
                        entry.getKey(),
                        entry.getValue()
                                .valueStream()
                                .map(JsonNode::asText)
                                .collect(Collectors.joining(",")));
            } else if (!entry.getValue().isNull()) {
                settings.put(entry.getKey(), entry.getValue().asText());
            }
        }
        boolean piped = PIPED.containsKey(file);
        if (!piped && mayHoldPassword(settings.get(DB_URL))) {
            // A file that others may open is refused, not silently used.
            var _ = OwnerOnly.read(file, SERVICE);
        }
        return new Configuration(settings, Optional.of(file));
    }

    /** A pipe gives what it holds once; whoever reads the settings again gets the same. */
    private static String textOfNamed(Path file) throws IOException {
        if (!Files.exists(file) || Files.isRegularFile(file) || Files.isDirectory(file)) {
            return SmallFile.readAny(file);
        }
        synchronized (PIPED) {
            String text = PIPED.get(file);
            if (text == null) {
                text = SmallFile.readAny(file);
                PIPED.put(file, text);
            }
            return text;
        }
    }

    /** The files of which one counts, or would if it were there. */
    static List<Path> candidates(Optional<Path> named, Folders folders) {
        return named.map(List::of)
                .orElseGet(() -> List.of(folders.config().resolve(NAME), SYSTEM.resolve(NAME)));
    }

    /**
     * Whether there is something of that name. A link that leads nowhere, or a folder that may not
     * be entered, is: what lies there is meant to count, and another file in its place might name
     * another database.
     */
    private static boolean isThere(Path file) {
        return !Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** The first line of a key that is said twice would be a setting that does nothing. */
    private static JsonNode parse(String text, Path file)
            throws JsonProcessingException, IOException, Fault {
        try (JsonParser parser = YAML.createParser(text)) {
            JsonNode root = YAML.readTree(parser);
            if (root != null && parser.nextToken() != null) {
                throw fault(
                        Sentence.of(
                                "app.config.notYaml",
                                file.toString(),
                                parser.currentLocation().getLineNr()),
                        null);
            }
            return root == null ? MissingNode.getInstance() : root;
        }
    }

    /** What is no address at all may be one with a slip in it, and then too hold a password. */
    private static boolean mayHoldPassword(@Nullable String url) {
        if (url == null) {
            return false;
        }
        try {
            return !DatabaseAddress.parse(url).password().isEmpty();
        } catch (Fault saidWhereItIsUsed) {
            return true;
        }
    }

    /** One value, or where several make sense a list of them. */
    private static boolean isValue(Map.Entry<String, JsonNode> entry) {
        return entry.getValue().isValueNode()
                || (entry.getKey().equals(ARCHIVE_POINTS)
                        && entry.getValue().isArray()
                        && entry.getValue().valueStream().allMatch(JsonNode::isValueNode));
    }

    /**
     * For how many days readings are archived.
     *
     * @throws Fault where that is no number of days that is possible
     */
    int archiveRawDays() throws Fault {
        String said = settings.get("archive-raw-days");
        if (said == null) {
            return ArchiveSettings.USUAL_DAYS;
        }
        try {
            int days = Integer.parseInt(said.strip());
            if (days >= ArchiveSettings.FEWEST_DAYS && days <= ArchiveSettings.MOST_DAYS) {
                return days;
            }
        } catch (NumberFormatException noNumber) {
            throw wrongDays(said, noNumber);
        }
        throw wrongDays(said, null);
    }

    private static Fault wrongDays(String said, @Nullable Throwable cause) {
        return fault(
                Sentence.of(
                        "app.config.rawDays",
                        said,
                        ArchiveSettings.FEWEST_DAYS,
                        ArchiveSettings.MOST_DAYS),
                cause);
    }

    /** Of which points roll-ups are kept beside those of the plan: names, or patterns with *. */
    List<String> archivePoints() {
        return Arrays.stream(settings.getOrDefault(ARCHIVE_POINTS, "").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /**
     * After how long without a hand on it a window goes back to the present by itself; empty:
     * never.
     *
     * @throws Fault where that is no possible number of minutes
     */
    Optional<Duration> returnToLive() throws Fault {
        String said = settings.get(RETURN);
        if (said == null) {
            return Optional.empty();
        }
        try {
            long minutes = Long.parseLong(said.strip());
            if (minutes >= 0 && minutes <= LONGEST_RETURN) {
                return minutes == 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(minutes));
            }
        } catch (NumberFormatException noNumber) {
            throw fault(Sentence.of("app.config.return", said, LONGEST_RETURN), noNumber);
        }
        throw fault(Sentence.of("app.config.return", said, LONGEST_RETURN), null);
    }

    /**
     * The database it names, with the password from the file that it names; empty: it names none.
     *
     * @throws Fault if that is no address, or if the file of the password is missing or may be read
     *     by others than its owner
     */
    Optional<DatabaseAddress> database() throws Fault {
        String url = settings.get(DB_URL);
        if (url == null || url.isBlank()) {
            return Optional.empty();
        }
        DatabaseAddress address = DatabaseAddress.parse(url);
        Optional<Path> secret = passwordFile();
        if (secret.isEmpty()) {
            return Optional.of(address);
        }
        if (!address.password().isEmpty()) {
            throw fault(Sentence.of("app.config.twoPasswords", shownFile()), null);
        }
        return Optional.of(address.withPassword(password(secret.get())));
    }

    /** The file of the password; a relative name counts from the folder of this file. */
    Optional<Path> passwordFile() throws Fault {
        String said = settings.get(PASSWORD_FILE);
        if (said == null || said.isBlank()) {
            return Optional.empty();
        }
        try {
            Path path = Path.of(said.strip());
            return Optional.of(
                    file.map(its -> its.toAbsolutePath().resolveSibling(path)).orElse(path));
        } catch (InvalidPathException noPath) {
            throw fault(Sentence.of("app.config.noPasswordFile", said, shownFile()), noPath);
        }
    }

    private Secret password(Path secret) throws Fault {
        Optional<String> text;
        try {
            text = OwnerOnly.read(secret, SERVICE);
        } catch (Fault refused) {
            if (secret.startsWith(SYSTEM)) {
                // Nobody but the system unit is meant to read it.
                throw new Fault(
                        refused.kind(),
                        Sentence.of("app.config.systemPassword", secret.toString()),
                        String.valueOf(refused.getMessage()),
                        refused);
            }
            throw refused;
        }
        // A blank at its end may belong to it; the end of the line does not.
        return text.map(password -> LINE_END.matcher(password).replaceFirst(""))
                .map(Secret::of)
                .orElseThrow(() ->
                        fault(
                                Sentence.of(
                                        "app.config.noPasswordFile",
                                        secret.toString(),
                                        shownFile()),
                                null));
    }

    private String shownFile() {
        return file.map(Path::toString).orElse(NAME);
    }

    /**
     * Whether temperatures are shown in °F.
     *
     * @throws Fault where it names no unit that is known
     */
    boolean isFahrenheit() throws Fault {
        String said = settings.getOrDefault(UNITS, "celsius").strip().toLowerCase(Locale.ROOT);
        return switch (said) {
            case "celsius" -> false;
            case "fahrenheit" -> true;
            default -> throw fault(Sentence.of("app.config.units", said), null);
        };
    }

    Optional<String> plan() {
        return Optional.ofNullable(settings.get("plan")).filter(name -> !name.isBlank());
    }

    /** The operator's name. */
    Optional<String> operator() {
        return Optional.ofNullable(settings.get("as")).filter(name -> !name.isBlank());
    }

    /**
     * Makes sure that the language it names, if any, is one of ours.
     *
     * @throws Fault where it is not
     */
    void checkLanguage() throws Fault {
        Optional<String> said = language().filter(word -> Language.known(word).isEmpty());
        if (said.isPresent()) {
            throw fault(Sentence.of("app.config.lang", said.get()), null);
        }
    }

    Optional<String> language() {
        return Optional.ofNullable(settings.get("lang"));
    }

    private static Fault fault(Sentence sentence, @Nullable Throwable cause) {
        return new Fault(Fault.Kind.BLOCKED, sentence, sentence.key(), cause);
    }
}
