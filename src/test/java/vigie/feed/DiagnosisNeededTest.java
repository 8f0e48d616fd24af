package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.text.Sentence;

import java.util.List;

class DiagnosisNeededTest {
    private static final Sentence SAID = Sentence.of("doctor.verdict.ok");

    @Test
    void where_all_is_well_no_statement_is_needed() {
        assertThat(needed(Finding.ok("reader", SAID), Finding.ok("own", SAID))).isEmpty();
    }

    @Test
    void a_warning_needs_the_statements_of_its_own_recipe_alone() {
        assertThat(needed(Finding.ok("reader", SAID), Finding.warning("own", SAID, SAID)))
                .containsExactly("own");
        assertThat(needed(Finding.warning("tls", SAID, SAID), Finding.ok("own", SAID))).isEmpty();
    }

    @Test
    void where_nothing_serves_all_of_them_are_needed() {
        assertThat(needed(Finding.blocked("login", SAID))).containsExactly("reader", "own");
    }

    private static List<String> needed(Finding... findings) {
        return new Diagnosis(
                        List.of(new Diagnosis.Host("db:3306", List.of(findings))),
                        List.of(),
                        List.of(recipe("reader"), recipe("own")))
                .needed().stream().map(Diagnosis.Recipe::key).toList();
    }

    private static Diagnosis.Recipe recipe(String key) {
        return new Diagnosis.Recipe(key, SAID, List.of("GRANT " + key + ";"));
    }
}
