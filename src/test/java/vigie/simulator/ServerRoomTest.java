package vigie.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;

class ServerRoomTest {
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
    private static final double NOON = Instant.parse("2026-11-19T11:00:00Z").getEpochSecond();
    private static final double HOUR = 3600;

    @Test
    void heat_is_neither_made_nor_lost() {
        for (long seed = 1; seed <= 5; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Incident> incidents =
                    List.of(
                            new Incident.CoolingStops(
                                    1 + random.nextInt(4), NOON + 600, NOON + 3_000),
                            new Incident.MainsLost(NOON + 4_000, NOON + 4_500),
                            new Incident.FilterClogs(2, NOON, NOON + 5_000));
            ServerRoom room = new ServerRoom(seed, BRUSSELS, NOON);
            double before = room.stored();
            double balance = 0;
            while (room.time() < NOON + 2 * HOUR) {
                double dt = 0.2 + 9.8 * random.nextDouble();
                room.step(dt, incidents);
                balance += (room.heatIn() - room.heatOut()) * dt;
            }
            assertThat(room.stored() - before)
                    .as("kJ gained with seed %d", seed)
                    .isCloseTo(balance, within(1e-6 * Math.abs(room.stored())));
        }
    }

    @Test
    void a_normal_week_stays_within_all_recommended_limits() {
        for (long seed = 1; seed <= 4; seed++) {
            ServerRoom room = warm(seed, NOON);
            double hottest = 0;
            double coldest = 99;
            while (room.time() < NOON + 7 * 24 * HOUR) {
                room.step(10, List.of());
                hottest = Math.max(hottest, hottest(room, Side.WEST));
                hottest = Math.max(hottest, hottest(room, Side.EAST));
                coldest =
                        Math.min(
                                coldest,
                                room.inletTemperature(Side.EAST, 1, ServerRoom.Height.BOTTOM));
                assertThat(Air.dewPoint(room.vapour())).isBetween(-9.0, 15.0);
                assertThat(room.inletHumidity(Side.WEST, 4)).isBetween(20.0, 60.0);
                assertThat(room.upsZoneTemperature()).isBetween(20.0, 25.0);
                assertThat(room.ups().charge()).isEqualTo(1);
            }
            assertThat(hottest).as("hottest inlet with seed %d", seed).isLessThan(26.5);
            assertThat(coldest).as("coldest inlet with seed %d", seed).isGreaterThan(18.5);
        }
    }

    @Test
    void a_crac_failure_makes_the_west_inlets_exceed_32_and_leaves_the_east_below_27() {
        for (long seed = 1; seed <= 6; seed++) {
            ServerRoom room = warm(seed, NOON);
            double hotAisle = room.hotAisleTemperature(ServerRoom.Place.CENTRE);
            List<Incident> incidents = Scenario.CRAC_FAILURE.incidents(room.time());
            run(room, 20 * 60, incidents);
            assertThat(hottest(room, Side.WEST)).as("after 20 minutes").isBetween(27.5, 32.5);
            run(room, 100 * 60, incidents);
            assertThat(hottest(room, Side.WEST)).as("after 2 hours").isGreaterThan(32);
            assertThat(hottest(room, Side.EAST)).as("after 2 hours").isLessThan(27);
            assertThat(room.unit(1).running()).isFalse();
            assertThat(room.unit(1).fan()).isZero();
            assertThat(room.unit(2).fan()).isGreaterThan(0.97);
            assertThat(room.hotAisleTemperature(ServerRoom.Place.CENTRE))
                    .isGreaterThan(hotAisle + 2);
            run(room, 24 * 60 * 60, incidents);
            assertThat(hottest(room, Side.WEST)).as("after a day").isBetween(30.0, 42.0);
            assertThat(hottest(room, Side.EAST)).as("after a day").isLessThan(27);
        }
    }

    @Test
    void a_power_cut_empties_the_battery_heats_the_room_and_passes() {
        ServerRoom room = warm(3, NOON);
        List<Incident> incidents = Scenario.POWER_CUT.incidents(room.time());
        double runtime = room.ups().runtime();
        assertThat(runtime).isBetween(12 * 60.0, 20 * 60.0);
        run(room, 120, incidents);
        assertThat(room.ups().status()).isEqualTo("OB DISCHRG");
        assertThat(room.mainsVoltage()).isZero();
        run(room, 500, incidents);
        assertThat(room.ups().charge()).isBetween(0.2, 0.6);
        assertThat(room.ups().runtime()).isLessThan(runtime / 2);
        assertThat(hottest(room, Side.WEST)).isGreaterThan(30);
        assertThat(room.unit(2).fan()).as("fans are on the UPS").isGreaterThan(0.3);
        assertThat(room.unit(2).cooling()).as("compressors are not").isLessThan(1);
        run(room, 3600, incidents);
        assertThat(room.ups().status()).isEqualTo("OL CHRG");
        assertThat(room.mainsVoltage()).isBetween(220.0, 242.0);
        assertThat(hottest(room, Side.WEST)).isLessThan(27);
        run(room, 9 * 3600, incidents);
        assertThat(room.ups().status()).isEqualTo("OL");
    }

    @Test
    void an_empty_battery_puts_the_racks_out() {
        ServerRoom room = warm(1, NOON);
        run(room, 3600, List.of(new Incident.MainsLost(NOON, NOON + 1e6)));
        assertThat(room.ups().charge()).isZero();
        assertThat(room.rackPower(Side.WEST, 1)).isZero();
        assertThat(room.unit(1).running()).isFalse();
    }

    @Test
    void an_intruder_opens_the_door_moves_and_the_light_follows() {
        double night = Instant.parse("2026-11-19T01:00:00Z").getEpochSecond();
        ServerRoom room = warm(1, night);
        assertThat(room.motion()).isFalse();
        List<Incident> incidents = Scenario.INTRUSION.incidents(room.time());
        run(room, 35, incidents);
        assertThat(room.doorOpen()).isTrue();
        assertThat(room.motion()).isTrue();
        assertThat(room.lightOn()).isTrue();
        run(room, 120, incidents);
        assertThat(room.doorOpen()).isFalse();
        run(room, 240, incidents);
        assertThat(room.motion()).isFalse();
        run(room, 120, incidents);
        assertThat(room.lightOn()).isFalse();
    }

    @Test
    void technicians_come_in_work_hours_and_never_at_night() {
        Visits visits = new Visits(7, BRUSSELS);
        double midnight = Instant.parse("2026-11-18T23:00:00Z").getEpochSecond();
        int present = 0;
        for (double time = midnight; time < midnight + 24 * HOUR; time += 10) {
            double hour = (time - midnight) / HOUR;
            if (visits.present(time)) {
                present++;
                assertThat(hour).isBetween(8.0, 18.0);
            }
        }
        assertThat(present).isBetween(60, 2_000);
    }

    @Test
    void warmer_racks_stand_where_air_comes_back() {
        ServerRoom room = warm(2, NOON);
        for (int rack = 1; rack <= ServerRoom.RACKS_PER_ROW; rack++) {
            assertThat(room.inletTemperature(Side.WEST, rack, ServerRoom.Height.TOP))
                    .isGreaterThan(
                            room.inletTemperature(Side.WEST, rack, ServerRoom.Height.MIDDLE));
            assertThat(room.inletTemperature(Side.WEST, rack, ServerRoom.Height.MIDDLE))
                    .isGreaterThan(
                            room.inletTemperature(Side.WEST, rack, ServerRoom.Height.BOTTOM));
        }
    }

    @Test
    void a_clogging_filter_shows_in_the_fans_before_it_shows_in_the_inlets() {
        ServerRoom room = warm(2, NOON);
        List<Incident> incidents = Scenario.CLOGGED_FILTER.incidents(room.time());
        double fan = room.unit(2).fan();
        run(room, 2_000, incidents);
        assertThat(room.unit(2).fan()).isGreaterThan(fan + 0.05);
        assertThat(hottest(room, Side.WEST)).isLessThan(27);
        run(room, 4 * 3600, incidents);
        assertThat(hottest(room, Side.WEST)).isGreaterThan(26);
    }

    private static ServerRoom warm(long seed, double time) {
        ServerRoom room = new ServerRoom(seed, BRUSSELS, time - 5 * HOUR);
        run(room, 5 * HOUR, List.of());
        return room;
    }

    private static void run(ServerRoom room, double seconds, List<Incident> incidents) {
        double end = room.time() + seconds;
        while (room.time() < end - 1e-6) {
            room.step(Math.min(ServerRoom.LONGEST_STEP, end - room.time()), incidents);
        }
    }

    private static double hottest(ServerRoom room, Side side) {
        double hottest = 0;
        for (int rack : new int[] {1, 4, 7, 10}) {
            hottest = Math.max(hottest, room.inletTemperature(side, rack, ServerRoom.Height.TOP));
        }
        return hottest;
    }
}
