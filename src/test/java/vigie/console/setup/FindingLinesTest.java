package vigie.console.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.feed.Diagnosis;
import vigie.feed.Finding;
import vigie.feed.Finding.Grade;
import vigie.text.Sentence;
import vigie.text.Words;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

class FindingLinesTest {
    private static final String CREATE = "CREATE USER IF NOT EXISTS 'v'@'%' IDENTIFIED BY '...';";
    private static final String GRANT = "GRANT SELECT ON `ha`.* TO 'v'@'%';";
    private static final String OWN = "GRANT SELECT, INSERT ON `vigie`.* TO 'v'@'%';";

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void a_wrong_password_speaks_of_a_field_and_shows_each_statement_once(String language) {
        Words words = Words.in(Locale.forLanguageTag(language));
        FindingLines found = FindingLines.of(refused(), words);
        FindingLines.Line line = found.lines().getFirst();
        assertThat(line.statements()).containsExactly(CREATE, GRANT);
        assertThat(line.remedy())
                .endsWith(words.say("setup.check.below"))
                .doesNotContain("CREATE", "GRANT", "percent", "encod");
        assertThat(found.recipes())
                .singleElement()
                .satisfies(recipe -> assertThat(recipe.statements()).containsExactly(OWN));
    }

    private static Diagnosis refused() {
        List<Object> values = List.of("db:3306", "v", CREATE + " " + GRANT);
        return new Diagnosis(
                List.of(
                        new Diagnosis.Host(
                                "db:3306",
                                List.of(
                                        new Finding(
                                                Grade.BLOCKED,
                                                "login",
                                                new Sentence(
                                                        "doctor.said.store.db.refused", values),
                                                Optional.of(
                                                        new Sentence(
                                                                "doctor.said.store.db.refused.remedy",
                                                                values)))))),
                List.of(),
                List.of(
                        new Diagnosis.Recipe(
                                "reader",
                                Sentence.of("doctor.recipe.reader", "ha"),
                                List.of(CREATE, GRANT)),
                        new Diagnosis.Recipe(
                                "own", Sentence.of("doctor.recipe.own", "vigie"), List.of(OWN))));
    }
}
