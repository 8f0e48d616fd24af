package vigie.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What happens in the simulated room once it runs. Times are simulated: {@code --pace} shortens
 * them.
 */
public enum Scenario {
    /** Nothing but daily life. */
    NORMAL {
        @Override
        List<Incident> incidents(double start) {
            return List.of();
        }
    },
    /** Unit 1 stops after a minute; its partner cannot carry the west side alone. */
    CRAC_FAILURE {
        @Override
        List<Incident> incidents(double start) {
            return List.of(new Incident.CoolingStops(1, start + 60, Double.POSITIVE_INFINITY));
        }
    },
    /**
     * The mains go after a minute and come back ten minutes later: fans run on from the UPS,
     * compressors do not, and they need some minutes to start again.
     */
    POWER_CUT {
        @Override
        List<Incident> incidents(double start) {
            return List.of(new Incident.MainsLost(start + 60, start + 660));
        }
    },
    /** Half a minute in, somebody opens the door and stays for five minutes. */
    INTRUSION {
        @Override
        List<Incident> incidents(double start) {
            return List.of(new Incident.Intruder(start + 30, start + 330));
        }
    },
    /** Sensors become unavailable, unknown, frozen, silent and removed, a few seconds apart. */
    SENSOR_DROPOUT {
        @Override
        List<Incident> incidents(double start) {
            double never = Double.POSITIVE_INFINITY;
            List<Incident> all = new ArrayList<>();
            for (String entity :
                    List.of(
                            "sensor.rack_b7_inlet_top",
                            "sensor.rack_b7_inlet_middle",
                            "sensor.rack_b7_inlet_bottom",
                            "sensor.rack_b7_inlet_humidity")) {
                all.add(trouble(entity, Incident.Trouble.UNAVAILABLE, start + 10, start + 610));
            }
            all.add(
                    trouble(
                            "sensor.rack_a4_inlet_middle",
                            Incident.Trouble.UNAVAILABLE,
                            start + 15,
                            never));
            all.add(
                    trouble(
                            "sensor.rack_a7_inlet_humidity",
                            Incident.Trouble.UNKNOWN,
                            start + 15,
                            never));
            all.add(trouble("sensor.hot_aisle_south", Incident.Trouble.FROZEN, start + 5, never));
            all.add(
                    trouble(
                            "sensor.rack_a10_inlet_bottom",
                            Incident.Trouble.SILENT,
                            start + 5,
                            never));
            all.add(
                    trouble(
                            "sensor.rack_b10_inlet_top",
                            Incident.Trouble.REMOVED,
                            start + 15,
                            never));
            return List.copyOf(all);
        }

        private Incident trouble(String entity, Incident.Trouble trouble, double from, double to) {
            return new Incident.SensorTrouble(entity, trouble, from, to);
        }
    },
    /** Water under the east side's floor after half a minute, for twenty minutes. */
    WATER_LEAK {
        @Override
        List<Incident> incidents(double start) {
            return List.of(new Incident.WaterLeak(Side.EAST, start + 30, start + 1230));
        }
    },
    /** Unit 2's filter clogs within two hours: the fault that announces itself. */
    CLOGGED_FILTER {
        @Override
        List<Incident> incidents(double start) {
            return List.of(new Incident.FilterClogs(2, start + 30, start + 7230));
        }
    };

    /** What happens when it begins at {@code start}, simulated seconds since the epoch. */
    abstract List<Incident> incidents(double start);

    /** The name on the command line, for example {@code crac-failure}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The scenario of that name. */
    public static Optional<Scenario> of(String key) {
        for (Scenario scenario : values()) {
            if (scenario.key().equals(key)) {
                return Optional.of(scenario);
            }
        }
        return Optional.empty();
    }
}
