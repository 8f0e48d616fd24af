package vigie.app;

import vigie.feed.Diagnosis;
import vigie.feed.Finding;
import vigie.feed.Finding.Grade;
import vigie.store.DatabaseAddress;
import vigie.text.Sentence;
import vigie.text.Words;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A checkup for people. */
final class DoctorReport {
    private static final int USUAL_WIDTH = 100;
    private static final int NARROWEST_TEXT = 30;
    private static final String GAP = "  ";

    private final Words words;
    private final PrintStream out;
    private final int width;

    DoctorReport(Invocation invocation) {
        words = invocation.words();
        out = invocation.out();
        width = width(invocation);
    }

    /** A file or a program reads whole lines; a person reads as wide as the terminal is. */
    private static int width(Invocation invocation) {
        Optional<Integer> columns =
                invocation
                        .variable("COLUMNS")
                        .filter(text -> text.matches("[0-9]{2,4}"))
                        .map(Integer::parseInt);
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return columns.orElse(terminal ? USUAL_WIDTH : Integer.MAX_VALUE);
    }

    static String word(Grade grade) {
        return grade.name().toLowerCase(Locale.ROOT);
    }

    /**
     * A diagnosis alone, of a database that is not set up yet: of the statements only what its
     * findings ask for.
     */
    void print(DatabaseAddress address, Diagnosis diagnosis) {
        Diagnosis needed =
                new Diagnosis(diagnosis.hosts(), diagnosis.together(), diagnosis.needed());
        print(new Checkup(Optional.of(address), List.of(), Optional.of(needed)));
    }

    void print(Checkup checkup) {
        out.println(
                checkup.address()
                        .map(address ->
                                words.say("doctor.heading", Version.number(), address.shown()))
                        .orElseGet(() -> words.say("doctor.heading-here", Version.number())));
        if (!checkup.here().isEmpty()) {
            out.println();
            out.println(words.say("doctor.here"));
            checkup.here().forEach(this::finding);
        }
        checkup.database().ifPresent(this::database);
        out.println();
        out.println(words.say(verdict(checkup)));
    }

    private void database(Diagnosis diagnosis) {
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

    private static Sentence verdict(Checkup checkup) {
        List<Diagnosis.Host> hosts = checkup.database().map(Diagnosis::hosts).orElse(List.of());
        boolean someBlocked = hosts.stream().anyMatch(host -> !host.serves());
        long warnings = checkup.warnings();
        return switch (checkup.grade()) {
            case OK, UNCHECKED -> Sentence.of("doctor.verdict.ok");
            case BLOCKED -> Sentence.of("doctor.verdict.blocked");
            case WARNING ->
                    someBlocked
                            ? Sentence.of(
                                    "doctor.verdict.warning.hosts",
                                    names(hosts, false),
                                    names(hosts, true))
                            : warnings == 1
                                    ? Sentence.of("doctor.verdict.warning.one")
                                    : Sentence.of("doctor.verdict.warning", warnings);
        };
    }

    private static String names(List<Diagnosis.Host> hosts, boolean serving) {
        return String.join(
                ", ",
                hosts.stream()
                        .filter(host -> host.serves() == serving)
                        .map(Diagnosis.Host::name)
                        .toList());
    }
}
