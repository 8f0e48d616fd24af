package vigie.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.text.Fault;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

class PlanWriterTest {
    @Test
    void what_is_written_is_read_as_the_same_plan() throws Fault {
        for (long seed = 0; seed < 300; seed++) {
            Plan plan = RandomPlan.of(seed);
            byte[] written = PlanWriter.write(plan);
            Plan read = PlanReader.read(written, "seed " + seed);
            assertThat(read).as("seed " + seed).isEqualTo(plan);
            assertThat(PlanWriter.write(read)).isEqualTo(written);
        }
    }

    /** Whatever happens to the bytes of a file, the answer is a plan or a fault. */
    @Test
    void a_damaged_file_is_a_fault_or_another_plan_and_nothing_else() {
        byte[] whole = PlanWriter.write(RandomPlan.of(7));
        Random random = new Random(7);
        int faults = 0;
        for (int round = 0; round < 3_000; round++) {
            byte[] damaged = whole.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] =
                        random.nextBoolean()
                                ? (byte) random.nextInt(256)
                                : (byte) "{}[],:\"0e-n".charAt(random.nextInt(11));
            }
            if (random.nextInt(10) == 0) {
                damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            try {
                PlanReader.read(damaged, "damaged");
            } catch (Fault fault) {
                faults++;
                assertThat(fault.getMessage()).startsWith("The plan damaged cannot be used");
            }
        }
        assertThat(faults).isGreaterThan(1_000);
    }

    @Test
    void numbers_are_as_short_as_they_can_be() {
        assertThat(PlanWriter.number(2.0)).isEqualTo("2");
        assertThat(PlanWriter.number(-0.0)).isEqualTo("0");
        assertThat(PlanWriter.number(0.1)).isEqualTo("0.1");
        assertThat(PlanWriter.number(1e9)).isEqualTo("1000000000");
        assertThat(PlanWriter.number(1e-7)).isEqualTo("0.0000001");
    }

    @Test
    void a_name_that_is_the_id_is_not_written() throws Fault {
        String json =
                """
                {"format":"vigie-plan","version":1,"name":"Trial","rooms":[{"id":"room","zone":"UTC",
                "outline":[[0,0],[9,0],[9,6]]}]}
                """;
        Plan plan = PlanReader.read(json.getBytes(StandardCharsets.UTF_8), "trial");
        assertThat(new String(PlanWriter.write(plan), StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        {
                          "format": "vigie-plan",
                          "version": 1,
                          "name": "Trial",
                          "rooms": [
                            {"id": "room", "zone": "UTC", "outline": [[0, 0], [9, 0], [9, 6]]}
                          ]
                        }
                        """);
    }
}
