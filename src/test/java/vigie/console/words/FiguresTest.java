package vigie.console.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.plan.Quantity;
import vigie.point.Quality;
import vigie.text.Words;

import java.time.ZoneOffset;
import java.util.Locale;

class FiguresTest {
    @Test
    void every_quality_and_every_quantity_has_words() {
        for (Locale language : Words.LANGUAGES) {
            Figures figures = new Figures(Words.in(language), ZoneOffset.UTC);
            assertThat(figures.quality(Quality.GOOD)).isNotBlank();
            assertThat(Quality.Reason.values())
                    .extracting(reason -> figures.quality(Quality.of(reason)))
                    .doesNotContain("")
                    .doesNotHaveDuplicates();
            assertThat(Quantity.values())
                    .extracting(figures::name)
                    .doesNotContain("")
                    .doesNotHaveDuplicates();
        }
    }
}
