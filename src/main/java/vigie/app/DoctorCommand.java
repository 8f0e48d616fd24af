package vigie.app;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import vigie.feed.Diagnosis;
import vigie.feed.Finding;
import vigie.feed.Finding.Grade;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code vigie doctor}: looks at the database as the feed needs it, one line for each check with
 * its remedy, and prints the statements for the right accounts. Ends with 0 when all is well, 1
 * with warnings, 3 when no host can serve.
 */
@Command(name = "doctor")
final class DoctorCommand extends Subcommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin private DatabaseOption database;

    @Mixin private FormatOption format;

    DoctorCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        DatabaseAddress address = database.address(invocation(), configuration());
        Diagnosis diagnosis =
                Diagnosis.of(
                        address,
                        address.own(invocation().variable("VIGIE_DB_URL")),
                        Clock.systemUTC());
        if (format.isJson()) {
            json(diagnosis);
        } else {
            new Report(invocation(), width()).print(address, diagnosis);
        }
        invocation().out().flush();
        return switch (diagnosis.grade()) {
            case OK, UNCHECKED -> 0;
            case WARNING -> 1;
            case BLOCKED -> Fault.Kind.BLOCKED.exitCode();
        };
    }

    /** A file or a program reads whole lines; a person reads as wide as the terminal is. */
    private int width() {
        Optional<Integer> columns =
                invocation()
                        .variable("COLUMNS")
                        .filter(text -> text.matches("[0-9]{2,4}"))
                        .map(Integer::parseInt);
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return columns.orElse(terminal ? Report.USUAL_WIDTH : Integer.MAX_VALUE);
    }

    private void json(Diagnosis diagnosis) {
        for (Diagnosis.Host host : diagnosis.hosts()) {
            for (Finding finding : host.findings()) {
                line(json -> {
                    json.writeStringField("host", host.name());
                    members(json, finding);
                });
            }
        }
        for (Finding finding : diagnosis.together()) {
            line(json -> {
                json.writeNullField("host");
                members(json, finding);
            });
        }
        for (Diagnosis.Recipe recipe : diagnosis.recipes()) {
            line(json -> {
                json.writeStringField("recipe", recipe.key());
                json.writeArrayFieldStart("statements");
                for (String statement : recipe.statements()) {
                    json.writeString(statement);
                }
                json.writeEndArray();
            });
        }
        line(json -> json.writeStringField("result", word(diagnosis.grade())));
    }

    private void members(JsonGenerator json, Finding finding) throws IOException {
        Words words = invocation().words();
        json.writeStringField("check", finding.key());
        json.writeStringField("grade", word(finding.grade()));
        json.writeStringField("found", words.say(finding.what()));
        if (finding.remedy().isPresent()) {
            json.writeStringField("remedy", words.say(finding.remedy().get()));
        } else {
            json.writeNullField("remedy");
        }
    }

    /** Fills in an object's members. */
    @FunctionalInterface
    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private void line(Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing into memory failed", impossible);
        }
        invocation().out().println(text);
    }

    private static String word(Grade grade) {
        return grade.name().toLowerCase(Locale.ROOT);
    }

    /** The diagnosis for people. */
    private static final class Report {
        static final int USUAL_WIDTH = 100;
        private static final int NARROWEST_TEXT = 30;
        private static final String GAP = "  ";

        private final Words words;
        private final PrintStream out;
        private final int width;

        Report(Invocation invocation, int width) {
            this.words = invocation.words();
            this.out = invocation.out();
            this.width = width;
        }

        void print(DatabaseAddress address, Diagnosis diagnosis) {
            out.println(words.say("doctor.heading", Version.number(), address.shown()));
            for (Diagnosis.Host host : diagnosis.hosts()) {
                out.println();
                out.println(host.name());
                host.findings().forEach(this::finding);
            }
            if (!diagnosis.together().isEmpty()) {
                out.println();
                out.println(words.say("doctor.together"));
                diagnosis.together().forEach(this::finding);
            }
            for (Diagnosis.Recipe recipe : diagnosis.recipes()) {
                out.println();
                out.println(words.say(recipe.title()));
                recipe.statements().forEach(statement -> out.println(GAP + statement));
            }
            out.println();
            out.println(words.say(verdict(diagnosis)));
        }

        private void finding(Finding finding) {
            String grade = words.say("doctor.grade." + word(finding.grade()));
            String label = words.say("doctor.label." + finding.key());
            String head =
                    GAP
                            + mark(finding.grade())
                            + " "
                            + padded(grade, widest("doctor.grade.", GRADES))
                            + GAP
                            + padded(label, LABEL_WIDTH)
                            + GAP;
            String what = words.say(finding.what());
            Optional<String> remedy = finding.remedy().map(words::say);
            if (width == Integer.MAX_VALUE) {
                out.println(head + what + remedy.map(text -> " → " + text).orElse(""));
                return;
            }
            wrapped(head, what);
            remedy.ifPresent(text -> wrapped(" ".repeat(head.length()) + "→ ", text));
        }

        /** Breaks between words; what has no blank, a fingerprint, is never broken. */
        private void wrapped(String head, String text) {
            String rest = text;
            String lead = head;
            int room = Math.max(NARROWEST_TEXT, width - head.length());
            while (rest.length() > room) {
                int cut = rest.lastIndexOf(' ', room);
                if (cut <= 0) {
                    cut = rest.indexOf(' ', room);
                    if (cut < 0) {
                        break;
                    }
                }
                out.println(lead + rest.substring(0, cut));
                rest = rest.substring(cut + 1);
                lead = " ".repeat(head.length());
            }
            out.println(lead + rest);
        }

        private int widest(String prefix, Grade[] of) {
            int widest = 0;
            for (Grade grade : of) {
                widest = Math.max(widest, words.say(prefix + word(grade)).length());
            }
            return widest;
        }

        private static final Grade[] GRADES = Grade.values();
        private static final int LABEL_WIDTH = 14;

        private static String mark(Grade grade) {
            return switch (grade) {
                case OK -> "✓";
                case UNCHECKED -> "·";
                case WARNING -> "!";
                case BLOCKED -> "✗";
            };
        }

        private static String padded(String text, int width) {
            return text + " ".repeat(Math.max(0, width - text.length()));
        }

        private static Sentence verdict(Diagnosis diagnosis) {
            long warnings =
                    diagnosis.hosts().stream()
                                    .flatMap(host -> host.findings().stream())
                                    .filter(finding -> finding.grade() == Grade.WARNING)
                                    .count()
                            + diagnosis.together().stream()
                                    .filter(finding -> finding.grade() == Grade.WARNING)
                                    .count();
            boolean someBlocked = diagnosis.hosts().stream().anyMatch(host -> !host.serves());
            return switch (diagnosis.grade()) {
                case OK, UNCHECKED -> Sentence.of("doctor.verdict.ok");
                case BLOCKED -> Sentence.of("doctor.verdict.blocked");
                case WARNING ->
                        someBlocked
                                ? Sentence.of(
                                        "doctor.verdict.warning.hosts",
                                        names(diagnosis, false),
                                        names(diagnosis, true))
                                : warnings == 1
                                        ? Sentence.of("doctor.verdict.warning.one")
                                        : Sentence.of("doctor.verdict.warning", warnings);
            };
        }

        private static String names(Diagnosis diagnosis, boolean serving) {
            return String.join(
                    ", ",
                    diagnosis.hosts().stream()
                            .filter(host -> host.serves() == serving)
                            .map(Diagnosis.Host::name)
                            .toList());
        }
    }
}
