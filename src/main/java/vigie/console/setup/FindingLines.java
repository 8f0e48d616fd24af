package vigie.console.setup;

import vigie.console.fault.Remedies;
import vigie.feed.Diagnosis;
import vigie.feed.Finding;
import vigie.feed.Finding.Grade;
import vigie.text.Sentence;
import vigie.text.Words;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the checks found, for people: the worst first, what is well only counted.
 *
 * @param lines what a person should read
 * @param well how many checks found nothing to mend
 * @param recipes statements for the right accounts; none where nothing is missing
 */
record FindingLines(List<Line> lines, int well, List<Recipe> recipes) {
    FindingLines {
        lines = List.copyOf(lines);
        recipes = List.copyOf(recipes);
    }

    /**
     * One finding.
     *
     * @param grade how bad it is
     * @param word the same in words
     * @param label what was looked at, with the host where there are several
     * @param what was found
     * @param remedy what to do; empty: nothing
     * @param statements of the remedy, to copy
     */
    record Line(
            Grade grade,
            String word,
            String label,
            String what,
            String remedy,
            List<String> statements) {}

    /** Statements to copy, and what they are for. */
    record Recipe(String title, List<String> statements) {}

    static FindingLines of(Diagnosis diagnosis, Words words) {
        List<Line> lines = new ArrayList<>();
        int well = 0;
        boolean several = diagnosis.hosts().size() > 1;
        for (Diagnosis.Host host : diagnosis.hosts()) {
            for (Finding finding : host.findings()) {
                if (finding.asksForSomething()) {
                    lines.add(line(finding, several ? host.name() + " · " : "", words));
                } else if (finding.grade() == Grade.OK) {
                    well++;
                }
            }
        }
        for (Finding finding : diagnosis.together()) {
            if (finding.asksForSomething()) {
                lines.add(line(finding, "", words));
            } else if (finding.grade() == Grade.OK) {
                well++;
            }
        }
        lines.sort(Comparator.comparing(Line::grade).reversed());
        Set<String> shown =
                lines.stream()
                        .flatMap(line -> line.statements().stream())
                        .collect(Collectors.toSet());
        List<Recipe> recipes =
                diagnosis.needed().stream()
                        .filter(recipe -> recipe.statements().stream().noneMatch(shown::contains))
                        .map(recipe -> new Recipe(words.say(recipe.title()), recipe.statements()))
                        .toList();
        return new FindingLines(lines, well, recipes);
    }

    private static Line line(Finding finding, String host, Words words) {
        String what = words.say(finding.what());
        String remedy = finding.remedy().map(FindingLines::inFields).map(words::say).orElse("");
        return new Line(
                finding.grade(),
                words.say("doctor.grade." + finding.grade().name().toLowerCase(Locale.ROOT)),
                host + words.say("doctor.label." + finding.key()),
                what,
                Remedies.without(remedy, words.say("setup.check.below")),
                Remedies.statements(what + "\n" + remedy));
    }

    /** What doctor says of an address, where that is typed field by field. */
    private static Sentence inFields(Sentence remedy) {
        String key =
                switch (remedy.key()) {
                    case "doctor.login.schema" -> "setup.remedy.schema";
                    case "doctor.said.recorder.no-database.remedy",
                            "doctor.said.store.db.noSchema.remedy" ->
                            "setup.remedy.no-schema";
                    case "doctor.said.store.db.refused.remedy" -> "setup.remedy.refused";
                    case "doctor.said.store.db.refusedWithout.remedy" ->
                            "setup.remedy.refused-without";
                    case "doctor.said.store.db.needsTls.remedy" -> "setup.remedy.needs-tls";
                    case "doctor.said.store.db.noTls.remedy", "doctor.said.feed.no-tls.remedy" ->
                            "setup.remedy.no-tls";
                    default -> remedy.key();
                };
        return new Sentence(key, remedy.values());
    }
}
