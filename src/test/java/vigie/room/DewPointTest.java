package vigie.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

class DewPointTest {
    @ParameterizedTest
    @CsvSource({
        "24, 50, 12.93",
        "27, 60, 18.57",
        "27, 50, 15.69",
        "25, 60, 16.69",
        "20, 50, 9.26",
        "22, 45, 9.52",
        "18, 40, 4.19",
        "24, 20, -0.36",
        "30, 50, 18.44",
        "21, 100, 21"
    })
    void known_dew_points(double temperature, double humidity, double dewPoint) {
        assertThat(DewPoint.of(temperature, humidity).orElseThrow())
                .isCloseTo(dewPoint, Offset.offset(0.006));
    }

    /** The file's humidity ratio was reckoned by its authors, by formulas of their own. */
    @Test
    void it_agrees_with_the_humidity_ratio_of_measured_air() throws IOException {
        List<String> rows = rows();
        assertThat(rows).hasSizeGreaterThan(400);
        for (String row : rows) {
            String[] cells = row.split(",");
            double ratio = Double.parseDouble(cells[6]);
            // Vapour pressure from the ratio of masses, at sea level.
            double vapour = ratio * 1013.25 / (0.62198 + ratio);
            double dewPoint =
                    DewPoint.of(Double.parseDouble(cells[2]), Double.parseDouble(cells[3]))
                            .orElseThrow();
            // 0.4 % of the vapour pressure is what 0.05 K of dew point make.
            assertThat(DewPoint.vapourPressure(dewPoint) / vapour)
                    .as(row)
                    .isCloseTo(1, Offset.offset(0.004));
        }
    }

    @Test
    void what_no_air_can_be_has_no_dew_point() {
        assertThat(DewPoint.of(22, 0)).isEmpty();
        assertThat(DewPoint.of(22, -3)).isEmpty();
        assertThat(DewPoint.of(22, 130)).isEmpty();
        assertThat(DewPoint.of(-60, 50)).isEmpty();
        assertThat(DewPoint.of(80, 50)).isEmpty();
        assertThat(DewPoint.of(Double.NaN, 50)).isEmpty();
        assertThat(DewPoint.of(22, Double.NaN)).isEmpty();
        assertThat(DewPoint.of(22, 103)).hasValue(22);
    }

    private static List<String> rows() throws IOException {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        DewPointTest.class.getResourceAsStream(
                                                "office-climate.csv")),
                                StandardCharsets.UTF_8))) {
            return in.lines().skip(1).toList();
        }
    }
}
