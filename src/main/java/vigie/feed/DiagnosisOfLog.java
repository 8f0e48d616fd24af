package vigie.feed;

import vigie.feed.DiagnosisFacts.Answer;
import vigie.text.Sentence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges a server's binlog: whether the feed can live from it, and what would be better. */
final class DiagnosisOfLog {
    private static final Duration SHORTEST_RETENTION = Duration.ofDays(1);

    /** A console may be halted for that long before the server gives it up. */
    private static final double SHORTEST_PATIENCE_SECONDS = 30;

    private static final double SMALLEST_PACKET = 1 << 20;
    private static final int HOURS_OF_DAY = 24;
    private static final int SECONDS_OF_DAY = 86_400;

    /** Of a row of {@code states} with its table map and the update of the row before it. */
    private static final long BYTES_PER_ROW = 1_000;

    private static final Pattern DOMAIN = Pattern.compile("(?:^|,)(\\d+)-");

    private final DiagnosisFacts facts;
    private final ServerSettings settings;
    private final List<Finding> findings = new ArrayList<>();

    private DiagnosisOfLog(DiagnosisFacts facts) {
        this.facts = facts;
        this.settings = facts.settings();
    }

    static List<Finding> of(DiagnosisFacts facts) {
        DiagnosisOfLog judge = new DiagnosisOfLog(facts);
        if (facts.settings().isOn("log_bin")) {
            judge.judge();
        } else {
            judge.off();
        }
        return judge.findings;
    }

    /** Vigie works without it, and shows less: a warning. */
    private void off() {
        add(Finding.warning("binlog", say("doctor.binlog.off"), say("doctor.binlog.off.remedy")));
        add(Finding.unchecked("log-settings", say("doctor.log-settings.off")));
    }

    private void judge() {
        add(Finding.ok("binlog", say("doctor.binlog.on")));
        format();
        image();
        metadata();
        extras();
        filter();
        durability();
        retention();
        transport();
        identity();
        stream();
        files();
    }

    private void format() {
        String format = settings.word("binlog_format");
        add(
                format.equals("ROW")
                        ? Finding.ok("format", say("doctor.format.row"))
                        : Finding.blocked(
                                "format",
                                say("doctor.format.other", format),
                                say("doctor.format.remedy")));
    }

    private void image() {
        String image = settings.word("binlog_row_image");
        add(
                image.equals("FULL")
                        ? Finding.ok("image", say("doctor.image.full"))
                        : Finding.warning(
                                "image",
                                say("doctor.image.other", image),
                                set("binlog_row_image", "FULL")));
    }

    private void metadata() {
        String metadata = settings.word("binlog_row_metadata");
        add(
                metadata.equals("FULL")
                        ? Finding.ok("metadata", say("doctor.metadata.full"))
                        : Finding.warning(
                                "metadata",
                                say("doctor.metadata.none", metadata.isEmpty() ? "-" : metadata),
                                set("binlog_row_metadata", "FULL")));
    }

    /** What other readers stumble over and Vigie does not. */
    private void extras() {
        add(
                Finding.ok(
                        "compression",
                        say(
                                settings.isOn("log_bin_compress")
                                        ? "doctor.compression.on"
                                        : "doctor.compression.off")));
        add(
                Finding.ok(
                        "log-encryption",
                        say(
                                settings.isOn("encrypt_binlog")
                                        ? "doctor.log-encryption.on"
                                        : "doctor.log-encryption.off")));
        String engine = settings.text("binlog_storage_engine");
        add(
                Finding.ok(
                        "storage",
                        engine.isEmpty()
                                ? say("doctor.storage.files")
                                : say("doctor.storage.engine", engine)));
        if (settings.isOn("binlog_annotate_row_events")) {
            add(
                    Finding.ok(
                            "statements",
                            say("doctor.statements.on"),
                            set("binlog_annotate_row_events", "OFF")));
        } else {
            add(Finding.ok("statements", say("doctor.statements.off")));
        }
    }

    private void filter() {
        String schema = facts.address().schema();
        add(
                switch (facts.log().filter()) {
                    case Answer.Known<ServerCheck.Filter>(ServerCheck.Filter filter) ->
                            switch (filter) {
                                case NONE -> Finding.ok("filter", say("doctor.filter.none"));
                                case LEFT_OUT ->
                                        Finding.blocked(
                                                "filter",
                                                say("doctor.filter.left-out", schema),
                                                say("doctor.filter.left-out.remedy", schema));
                                case IGNORED ->
                                        Finding.blocked(
                                                "filter",
                                                say("doctor.filter.ignored", schema),
                                                say("doctor.filter.ignored.remedy", schema));
                            };
                    case Answer.Denied<ServerCheck.Filter>() ->
                            Finding.unchecked("filter", say("doctor.filter.denied"));
                    case Answer.Unknown<ServerCheck.Filter>() ->
                            Finding.unchecked("filter", say("doctor.unanswered"));
                });
    }

    private void durability() {
        boolean log = settings.text("sync_binlog").equals("1");
        boolean tables = settings.text("innodb_flush_log_at_trx_commit").equals("1");
        if (log && tables) {
            add(Finding.ok("durability", say("doctor.durability.full")));
            return;
        }
        Sentence remedy =
                log
                        ? set("innodb_flush_log_at_trx_commit", "1")
                        : tables ? set("sync_binlog", "1") : say("doctor.durability.remedy");
        add(
                Finding.warning(
                        "durability",
                        say(
                                "doctor.durability.partly",
                                settings.text("sync_binlog"),
                                settings.text("innodb_flush_log_at_trx_commit")),
                        remedy));
    }

    private void retention() {
        Optional<Duration> kept = kept();
        OptionalDouble limit = settings.number("max_binlog_total_size");
        long most = limit.isPresent() ? (long) limit.getAsDouble() : 0;
        OptionalLong lastHour = facts.recorder().lastHour();
        long day = lastHour.isPresent() ? lastHour.getAsLong() * BYTES_PER_ROW * HOURS_OF_DAY : 0;
        if (kept.isPresent() && kept.get().compareTo(SHORTEST_RETENTION) < 0) {
            add(
                    Finding.warning(
                            "retention",
                            say("doctor.retention.short", Measure.span(kept.get())),
                            retentionRemedy()));
        } else if (most > 0 && most < day) {
            add(
                    Finding.warning(
                            "retention",
                            say("doctor.retention.small", Measure.bytes(most), Measure.bytes(day)),
                            set("max_binlog_total_size", Long.toString(day * 3))));
        } else if (kept.isEmpty()) {
            add(
                    Finding.ok(
                            "retention",
                            most > 0
                                    ? say("doctor.retention.size", Measure.bytes(most))
                                    : say("doctor.retention.ever"),
                            retentionRemedy()));
        } else {
            add(Finding.ok("retention", say("doctor.retention.ok", Measure.span(kept.get()))));
        }
    }

    private Sentence retentionRemedy() {
        return settings.has("binlog_expire_logs_seconds")
                ? set("binlog_expire_logs_seconds", "259200")
                : set("expire_logs_days", "3");
    }

    /** How long the server keeps its log; empty for "until somebody deletes it". */
    private Optional<Duration> kept() {
        double seconds =
                settings.number("binlog_expire_logs_seconds")
                        .orElse(settings.number("expire_logs_days").orElse(0) * SECONDS_OF_DAY);
        return seconds > 0 ? Optional.of(Duration.ofSeconds((long) seconds)) : Optional.empty();
    }

    private void transport() {
        double patience = settings.number("net_write_timeout").orElse(Double.MAX_VALUE);
        add(
                patience >= SHORTEST_PATIENCE_SECONDS
                        ? Finding.ok(
                                "patience",
                                say("doctor.patience.ok", settings.text("net_write_timeout")))
                        : Finding.warning(
                                "patience",
                                say("doctor.patience.short", settings.text("net_write_timeout")),
                                set("net_write_timeout", "60")));
        double packet = settings.number("max_allowed_packet").orElse(Double.MAX_VALUE);
        add(
                packet >= SMALLEST_PACKET
                        ? Finding.ok(
                                "packets", say("doctor.packets.ok", Measure.bytes((long) packet)))
                        : Finding.warning(
                                "packets",
                                say("doctor.packets.small", settings.text("max_allowed_packet")),
                                set("max_allowed_packet", "16777216")));
    }

    private void identity() {
        String id = settings.text("server_id");
        add(
                id.equals("0") || id.isEmpty()
                        ? Finding.blocked(
                                "server-id",
                                say("doctor.server-id.none"),
                                say("doctor.server-id.remedy"))
                        : Finding.ok(
                                "server-id",
                                say("doctor.server-id.ok", id, settings.text("gtid_domain_id"))));
        domains();
        if (settings.isOn("gtid_strict_mode")) {
            add(Finding.ok("strict", say("doctor.strict.on")));
        } else if (facts.several()) {
            add(
                    Finding.warning(
                            "strict",
                            say("doctor.strict.off.several"),
                            set("gtid_strict_mode", "ON")));
        } else {
            add(Finding.ok("strict", say("doctor.strict.off")));
        }
    }

    private void domains() {
        String end = facts.log().end().toString();
        String own = settings.text("gtid_domain_id");
        List<String> others = new ArrayList<>();
        Matcher domain = DOMAIN.matcher(end);
        while (domain.find()) {
            if (!domain.group(1).equals(own)) {
                others.add(domain.group(1));
            }
        }
        if (end.isEmpty()) {
            add(Finding.ok("domains", say("doctor.domains.empty")));
        } else if (others.isEmpty()) {
            add(Finding.ok("domains", say("doctor.domains.one", end)));
        } else {
            String list = String.join(", ", others);
            add(
                    Finding.ok(
                            "domains",
                            say("doctor.domains.several", end, list),
                            say("doctor.domains.remedy", list)));
        }
    }

    /** What the server said to a reader like the feed outweighs every setting. */
    private void stream() {
        add(
                switch (facts.log().stream()) {
                    case Answer.Known<Optional<Trouble>>(Optional<Trouble> trouble) ->
                            trouble.map(this::stream)
                                    .orElseGet(() -> Finding.ok("stream", say("doctor.stream.ok")));
                    case Answer.Denied<Optional<Trouble>>(), Answer.Unknown<Optional<Trouble>>() ->
                            Finding.unchecked("stream", say("doctor.stream.empty"));
                });
    }

    private Finding stream(Trouble trouble) {
        Sentence sentence =
                DiagnosisRemedies.withAccount(
                        trouble.sentence(), facts.address().user(), facts.account());
        if (sentence.key().equals(Trouble.LIMIT_OF_ACCOUNT)) {
            int most = facts.login().known().map(AccountLogin::mostConnections).orElse(0);
            // One for the tables and one for the log are the least that Vigie runs with.
            return DiagnosisRemedies.finding(
                    most == 1 ? Finding.Grade.BLOCKED : Finding.Grade.WARNING, "stream", sentence);
        }
        return switch (trouble.kind()) {
            case PERSON -> DiagnosisRemedies.finding(Finding.Grade.BLOCKED, "stream", sentence);
            case PASSING, RESYNC, REWRITTEN, EMPTIED, SKIP ->
                    Finding.unchecked("stream", trouble.sentence());
        };
    }

    private void files() {
        add(
                switch (facts.log().files()) {
                    case Answer.Known<DiagnosisFacts.Files>(DiagnosisFacts.Files files) ->
                            Finding.ok(
                                    "log-list",
                                    say(
                                            "doctor.log-list.ok",
                                            Integer.toString(files.count()),
                                            Measure.bytes(files.bytes())));
                    case Answer.Denied<DiagnosisFacts.Files>() ->
                            Finding.warning(
                                    "log-list",
                                    say("doctor.log-list.denied"),
                                    say("doctor.log-list.remedy", facts.account()));
                    case Answer.Unknown<DiagnosisFacts.Files>() ->
                            Finding.unchecked("log-list", say("doctor.unanswered"));
                });
    }

    private void add(Finding finding) {
        findings.add(finding);
    }

    private static Sentence say(String key, Object... values) {
        return Sentence.of(key, values);
    }

    /** To set a variable now and for good. */
    static Sentence set(String name, String value) {
        return Sentence.of("doctor.set", name, value);
    }
}
