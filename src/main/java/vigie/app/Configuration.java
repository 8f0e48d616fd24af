package vigie.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import vigie.duty.ArchiveSettings;
import vigie.store.Folders;
import vigie.store.OwnerOnly;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What {@code vigie.yaml} says. The keys are the options' names without dashes; an unknown key is
 * refused, for it would be a setting that silently does nothing.
 *
 * @param settings key to text
 */
record Configuration(Map<String, String> settings) {
    private static final String ARCHIVE_POINTS = "archive-points";
    private static final String RETURN = "return-to-live-minutes";
    private static final long LONGEST_RETURN = 1_440;
    private static final Set<String> KEYS =
            Set.of("db-url", "plan", "lang", "as", "archive-raw-days", ARCHIVE_POINTS, RETURN);

    Configuration {
        settings = Map.copyOf(settings);
    }

    /**
     * Reads the file.
     *
     * @param named the file the user named; empty: {@code vigie.yaml} in the configuration folder,
     *     which may be missing
     * @throws Fault if it cannot be read, says something unknown, or names a database and may be
     *     read by others than its owner
     */
    static Configuration read(Optional<Path> named, Folders folders) throws Fault {
        Path file = named.orElseGet(() -> folders.config().resolve("vigie.yaml"));
        if (named.isEmpty() && !Files.exists(file)) {
            return new Configuration(Map.of());
        }
        JsonNode root;
        try {
            root = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(file));
        } catch (JsonProcessingException wrong) {
            throw fault(
                    Sentence.of(
                            "app.config.notYaml",
                            file.toString(),
                            wrong.getLocation() == null ? 1 : wrong.getLocation().getLineNr()),
                    wrong);
        } catch (IOException unreadable) {
            throw fault(Sentence.of("app.config.unreadable", file.toString()), unreadable);
        }
        Map<String, String> settings = new TreeMap<>();
        if (root.isMissingNode() || root.isNull()) {
            return new Configuration(settings);
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
        if (settings.containsKey("db-url")) {
            // It holds a password: a file that others may open is refused, not silently used.
            var _ = OwnerOnly.read(file);
        }
        return new Configuration(settings);
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

    private static Fault wrongDays(
            String said, @org.jspecify.annotations.Nullable Throwable cause) {
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

    Optional<String> databaseUrl() {
        return Optional.ofNullable(settings.get("db-url"));
    }

    Optional<String> plan() {
        return Optional.ofNullable(settings.get("plan"));
    }

    /** The operator's name. */
    Optional<String> operator() {
        return Optional.ofNullable(settings.get("as")).filter(name -> !name.isBlank());
    }

    Optional<String> language() {
        return Optional.ofNullable(settings.get("lang"));
    }

    private static Fault fault(
            Sentence sentence, @org.jspecify.annotations.Nullable Throwable cause) {
        return new Fault(Fault.Kind.BLOCKED, sentence, sentence.key(), cause);
    }
}
