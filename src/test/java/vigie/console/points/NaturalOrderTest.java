package vigie.console.points;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class NaturalOrderTest {
    @Test
    void numbers_within_names_count_as_numbers() {
        List<String> sorted =
                List.of("", "rack", "rack a1", "rack a2", "rack a10", "rack b1", "rack b07x");
        for (int seed = 0; seed < 50; seed++) {
            List<String> shuffled = new ArrayList<>(sorted);
            Collections.shuffle(shuffled, new Random(seed));
            shuffled.sort(NaturalOrder.INSTANCE);
            assertThat(shuffled).isEqualTo(sorted);
        }
    }

    @Test
    void numbers_of_any_length_are_compared() {
        assertThat(NaturalOrder.INSTANCE.compare("a99999999999999999999", "a100000000000000000000"))
                .isNegative();
    }
}
