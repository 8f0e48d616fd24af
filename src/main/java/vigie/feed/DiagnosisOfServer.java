package vigie.feed;

import vigie.text.Sentence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges a server: its version, and what it is among several. */
final class DiagnosisOfServer {
    /** The oldest that we read. */
    private static final Version OLDEST = new Version(10, 5, 0);

    /**
     * In each series the first whose optimizer is free of MDEV-25020; Home Assistant warns of those
     * before. Series that are not named here never had it.
     */
    private static final List<Version> MENDED =
            List.of(
                    new Version(10, 5, 17),
                    new Version(10, 6, 9),
                    new Version(10, 7, 5),
                    new Version(10, 8, 4));

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Duration TOLERABLE_LAG = Duration.ofSeconds(5);

    /** A version of MariaDB. */
    private record Version(int major, int minor, int patch) {
        static Optional<Version> read(String text) {
            Matcher numbers = NUMBERS.matcher(text);
            return numbers.find()
                    ? Optional.of(
                            new Version(
                                    Integer.parseInt(numbers.group(1)),
                                    Integer.parseInt(numbers.group(2)),
                                    Integer.parseInt(numbers.group(3))))
                    : Optional.empty();
        }

        boolean isOlderThan(Version other) {
            return major != other.major
                    ? major < other.major
                    : minor != other.minor ? minor < other.minor : patch < other.patch;
        }

        boolean isOfSeries(Version other) {
            return major == other.major && minor == other.minor;
        }

        @Override
        public String toString() {
            return major + "." + minor + "." + patch;
        }
    }

    private DiagnosisOfServer() {}

    static List<Finding> of(DiagnosisFacts facts) {
        List<Finding> findings = new ArrayList<>();
        findings.add(version(facts.settings().text("version")));
        findings.add(role(facts));
        findings.add(
                facts.uptime()
                        .map(up -> Finding.ok("uptime", say("doctor.uptime.ok", Measure.span(up))))
                        .orElseGet(() -> Finding.unchecked("uptime", say("doctor.unanswered"))));
        if (facts.several()
                && facts.settings().isOn("wsrep_on")
                && !facts.settings().isOn("wsrep_gtid_mode")) {
            findings.add(
                    Finding.warning(
                            "cluster",
                            say("doctor.cluster.warning"),
                            DiagnosisOfLog.set("wsrep_gtid_mode", "ON")));
        }
        return findings;
    }

    private static Finding version(String text) {
        // Only MariaDB names itself; MySQL 8 and 9 give no name.
        if (!text.toLowerCase(Locale.ROOT).contains("mariadb")) {
            return Finding.blocked(
                    "version", say("doctor.version.other", text), say("doctor.version.update"));
        }
        Optional<Version> version = Version.read(text);
        if (version.isEmpty()) {
            return Finding.unchecked("version", say("doctor.version.ok", text));
        }
        if (version.get().isOlderThan(OLDEST)) {
            return Finding.blocked(
                    "version", say("doctor.version.old", text), say("doctor.version.update"));
        }
        return MENDED.stream()
                .filter(mended ->
                        version.get().isOfSeries(mended) && version.get().isOlderThan(mended))
                .findFirst()
                .map(mended ->
                        Finding.warning(
                                "version",
                                say("doctor.version.slow", text),
                                say("doctor.version.patch", mended.toString())))
                .orElseGet(() -> Finding.ok("version", say("doctor.version.ok", text)));
    }

    private static Finding role(DiagnosisFacts facts) {
        boolean readOnly = isReadOnly(facts.settings());
        List<DiagnosisFacts.Source> sources = facts.replicas().known().orElse(List.of());
        if (sources.isEmpty()) {
            if (!readOnly) {
                return Finding.ok("role", say("doctor.role.primary"));
            }
            // Only a server that names a source is a replica; read_only proves nothing.
            return facts.replicas().known().isPresent()
                    ? Finding.warning(
                            "role", say("doctor.role.alone"), say("doctor.role.alone.remedy"))
                    : Finding.warning(
                            "role",
                            say("doctor.role.read-only"),
                            say("doctor.role.monitor", facts.account()));
        }
        if (!facts.settings().isOn("log_slave_updates")) {
            return Finding.blocked(
                    "role", say("doctor.role.no-log"), say("doctor.role.no-log.remedy"));
        }
        DiagnosisFacts.Source source = sources.getFirst();
        if (!source.running() || source.behind().isEmpty()) {
            return Finding.warning(
                    "role",
                    say("doctor.role.stopped", source.name()),
                    say("doctor.role.stopped.remedy"));
        }
        Duration behind = source.behind().get();
        return behind.compareTo(TOLERABLE_LAG) > 0
                ? Finding.warning(
                        "role",
                        say("doctor.role.late", source.name(), Measure.span(behind)),
                        say("doctor.role.late.remedy"))
                : Finding.ok(
                        "role", say("doctor.role.replica", source.name(), Measure.span(behind)));
    }

    /** A switch in older servers, a word with several degrees in newer: anything but off counts. */
    static boolean isReadOnly(ServerSettings settings) {
        String value = settings.word("read_only");
        return !value.isEmpty() && !value.equals("OFF") && !value.equals("0");
    }

    private static Sentence say(String key, Object... values) {
        return Sentence.of(key, values);
    }
}
