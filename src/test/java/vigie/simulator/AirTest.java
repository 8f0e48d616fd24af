package vigie.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AirTest {
    @Test
    void the_dew_point_agrees_with_the_published_vectors() {
        double[][] vectors = {
            {24, 50, 12.93},
            {27, 60, 18.57},
            {27, 50, 15.69},
            {25, 60, 16.69},
            {20, 50, 9.26},
            {22, 45, 9.52},
            {18, 40, 4.19},
            {24, 20, -0.36},
            {30, 50, 18.44}
        };
        for (double[] vector : vectors) {
            double vapour = vector[1] / 100 * Air.saturation(vector[0]);
            assertThat(Air.dewPoint(vapour)).isCloseTo(vector[2], within(0.011));
            assertThat(Air.relativeHumidity(vapour, vector[0])).isCloseTo(vector[1], within(1e-9));
        }
    }
}
