package vigie.simulator;

import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The room's physics: a handful of air volumes and masses that exchange heat, the racks that make
 * it and the cooling units that take it away. Deterministic for a seed and a sequence of steps;
 * knows no clock.
 *
 * <p>Air goes round: a unit blows into its side's cold aisle, the racks of that side draw from it
 * and blow into the contained hot aisle, from which all units draw. Where the units of a side blow
 * less than its racks draw, the rest comes back from the hot aisle around and over the racks: that
 * is why a stopped unit heats its own side first, and the tops of the racks most. Where they blow
 * more, the surplus leaks into the hot aisle.
 *
 * <p>Units: °C, kW, kW/K (heat capacity flow), kJ/K, hPa, seconds. Not thread-safe.
 */
final class ServerRoom {
    static final int RACKS_PER_ROW = 10;

    /** How high an inlet sensor sits. */
    enum Height {
        TOP,
        MIDDLE,
        BOTTOM
    }

    /** Where in the hot aisle. */
    enum Place {
        NORTH,
        CENTRE,
        SOUTH
    }

    /** Steps longer than this would not be stable. */
    static final double LONGEST_STEP = 10;

    private static final double ROW_POWER = 37;
    private static final double SERVER_DELTA = 12;
    private static final double RACK_MASS = 85;
    private static final double AISLE_AIR = 420;
    private static final double AISLE_STRUCTURE = 2800;
    private static final double AISLE_STRUCTURE_EXCHANGE = 1.3;
    private static final double HOT_AIR = 300;
    private static final double HOT_STRUCTURE = 1800;
    private static final double HOT_STRUCTURE_EXCHANGE = 1.2;
    private static final double ROOM_MASS = 1500;
    private static final double UPS_MASS = 900;
    private static final double UPS_EXCHANGE = 1.1;

    private static final class Row {
        final Side side;
        final Volume aisle = new Volume(20.8, AISLE_AIR, AISLE_STRUCTURE, AISLE_STRUCTURE_EXCHANGE);
        final double[] base = new double[RACKS_PER_ROW];
        final double[] noise = new double[RACKS_PER_ROW];
        final double[] power = new double[RACKS_PER_ROW];
        final double[] outlet = new double[RACKS_PER_ROW];
        final double[] draw = new double[RACKS_PER_ROW];
        final double[] recirculation = new double[RACKS_PER_ROW];
        final double[] offset = new double[RACKS_PER_ROW];
        double shortage;

        Row(Side side) {
            this.side = side;
        }
    }

    private final Outside outside;
    private final SplittableRandom random;
    private final Visits visits;
    private final Row west = new Row(Side.WEST);
    private final Row east = new Row(Side.EAST);
    private final List<Row> rows = List.of(west, east);
    private final CoolingUnit[] units = {
        new CoolingUnit(), new CoolingUnit(), new CoolingUnit(), new CoolingUnit()
    };
    private final Volume hot = new Volume(32, HOT_AIR, HOT_STRUCTURE, HOT_STRUCTURE_EXCHANGE);
    private final Ups ups = new Ups();
    private double room = 22;
    private double upsZone = 23;
    private double vapour = 11.2;
    private final Wander voltageWander = new Wander(120, 1.3);
    private final Wander loadWander = new Wander(700, 0.025);
    private double voltageNoise;
    private double energy = 41_250;
    private double time;
    private double lastSeen = Double.NEGATIVE_INFINITY;
    private boolean mains = true;
    private boolean present;
    private boolean doorOpen;
    private boolean leakWest;
    private boolean leakEast;
    private double heatIn;
    private double heatOut;

    /**
     * A room near its balance; let it run for an hour or more before looking at it.
     *
     * @param time seconds since the epoch, simulated
     */
    ServerRoom(long seed, ZoneId zone, double time) {
        this.time = time;
        this.outside = new Outside(zone, time);
        this.random = new SplittableRandom(seed);
        this.visits = new Visits(seed, zone);
        for (Row row : rows) {
            double sum = 0;
            for (int i = 0; i < RACKS_PER_ROW; i++) {
                row.base[i] = 2.4 + 2.4 * random.nextDouble();
                row.offset[i] = 0.5 * (random.nextDouble() - 0.5) + 0.03 * i;
                sum += row.base[i];
            }
            for (int i = 0; i < RACKS_PER_ROW; i++) {
                row.base[i] *= ROW_POWER / sum;
                row.power[i] = row.base[i];
                row.outlet[i] = 33;
                row.draw[i] = row.base[i] / SERVER_DELTA;
            }
        }
    }

    /** Moves the room on by {@code dt} seconds, at most {@link #LONGEST_STEP}. */
    void step(double dt, List<? extends Incident> incidents) {
        if (!(dt > 0 && dt <= LONGEST_STEP)) {
            throw new IllegalArgumentException("step of " + dt + " s");
        }
        time += dt;
        outside.step(dt, time, random);
        happen(incidents);
        voltageNoise = voltageWander.step(voltageNoise, dt, random);
        load(dt);
        rest(dt, air(dt, incidents));
    }

    private void happen(List<? extends Incident> incidents) {
        mains = true;
        leakWest = false;
        leakEast = false;
        boolean intruder = false;
        boolean intruderAtDoor = false;
        for (Incident incident : incidents) {
            if (!incident.at(time)) {
                continue;
            }
            switch (incident) {
                case Incident.MainsLost _ -> mains = false;
                case Incident.WaterLeak leak -> {
                    leakWest |= leak.side() == Side.WEST;
                    leakEast |= leak.side() == Side.EAST;
                }
                case Incident.Intruder some -> {
                    intruder = true;
                    intruderAtDoor |=
                            time < some.from() + 2 * Visits.DOOR_OPEN
                                    || time >= some.to() - 2 * Visits.DOOR_OPEN;
                }
                case Incident.CoolingStops _, Incident.FilterClogs _, Incident.SensorTrouble _ -> {}
            }
        }
        present = intruder || visits.present(time);
        doorOpen = intruderAtDoor || visits.doorOpen(time);
        if (present) {
            lastSeen = time;
        }
    }

    private void load(double dt) {
        double hour = outside.hour();
        double daily = (outside.weekend() ? 0.02 : 0.06) * Math.cos((hour - 14.5) * Math.PI / 12);
        for (Row row : rows) {
            for (int i = 0; i < RACKS_PER_ROW; i++) {
                row.noise[i] = loadWander.step(row.noise[i], dt, random);
                // Every third rack takes part in the nightly copies from 01:00 on.
                boolean copying = i % 3 == 2 && hour >= 1 && hour < 1.6 + 0.15 * i;
                row.power[i] =
                        ups.carries()
                                ? row.base[i] * (1 + daily + row.noise[i] + (copying ? 0.12 : 0))
                                : 0;
            }
        }
    }

    /** Air and heat of both aisles, the racks and the units; returns the heat the units took. */
    private double air(double dt, List<? extends Incident> incidents) {
        double hotHeat = 0;
        double cooled = 0;
        double ambient = room;
        for (Row row : rows) {
            int first = row.side == Side.WEST ? 0 : 2;
            double supplied = 0;
            double supplyHeat = 0;
            for (int u = first; u < first + 2; u++) {
                CoolingUnit unit = units[u];
                unit.step(
                        dt,
                        stopped(u + 1, incidents),
                        mains,
                        filter(u + 1, incidents),
                        hot.air,
                        row.aisle.air);
                supplied += unit.flow();
                supplyHeat += unit.flow() * unit.supply(hot.air);
                cooled += unit.cooling();
            }
            double fromAisle = 0;
            double outletHeat = 0;
            double recirculated = 0;
            for (int i = 0; i < RACKS_PER_ROW; i++) {
                row.recirculation[i] = meanRecirculation(row, i);
                double inlet = row.aisle.air + row.recirculation[i] * (hot.air - row.aisle.air);
                // Servers speed their fans up when it gets warm, and need them for what they do.
                double wanted =
                        Math.max(row.power[i], 0.02 * row.base[i])
                                / SERVER_DELTA
                                * (1 + Math.clamp((inlet - 25) * 0.02, 0, 0.25));
                row.draw[i] += (wanted - row.draw[i]) * Math.min(1, dt / 30);
                fromAisle += row.draw[i] * (1 - row.recirculation[i]);
                recirculated += row.draw[i] * row.recirculation[i];
                outletHeat += row.draw[i] * row.outlet[i];
                row.outlet[i] +=
                        (row.power[i] - row.draw[i] * (row.outlet[i] - inlet)) * dt / RACK_MASS;
            }
            double leakedIn = Math.max(0, fromAisle - supplied);
            double surplus = Math.max(0, supplied - fromAisle);
            double shortageNow = fromAisle > 0 ? leakedIn / fromAisle : 0;
            row.shortage += (shortageNow - row.shortage) * Math.min(1, dt / 40);

            double aisleAir = row.aisle.air;
            double toRoom = 0.10 * (aisleAir - ambient);
            row.aisle.take(
                    supplyHeat - supplied * aisleAir + leakedIn * (hot.air - aisleAir) - toRoom,
                    dt);
            room += toRoom * dt / ROOM_MASS;
            // What the racks blow, and the surplus, come in; what units, leaks and recirculation
            // draw goes out at the hot aisle's own temperature: as much air as came in.
            hotHeat +=
                    outletHeat
                            + surplus * aisleAir
                            - hot.air * (supplied + leakedIn + recirculated);
        }
        double toRoom = 0.06 * (hot.air - ambient);
        hot.take(hotHeat - toRoom, dt);
        room += toRoom * dt / ROOM_MASS;
        return cooled;
    }

    private void rest(double dt, double cooled) {
        double racks = 0;
        for (Row row : rows) {
            for (double power : row.power) {
                racks += power;
            }
        }
        double fans = 0;
        double electric = 0;
        for (CoolingUnit unit : units) {
            fans += unit.fanPower();
            electric += mains ? unit.electricPower() : unit.fanPower();
        }
        ups.step(dt, mains, racks + fans);
        double loss = ups.loss();
        double lights = lightOn() ? 0.3 : 0;
        double people = present ? 0.12 : 0;
        double building = 0.25 * (21 - room) + (doorOpen ? 0.6 * (20 - room) : 0);
        double fromUps = UPS_EXCHANGE * (upsZone - room);
        // The room cools its UPS corner through the two aisles' overspill: a constant share.
        double overspill = -2.6 - 1.2 * (room - 22);
        upsZone += (loss - fromUps) * dt / UPS_MASS;
        room += (fromUps + lights + people + building + overspill) * dt / ROOM_MASS;
        energy += (racks + electric + loss) * dt / 3600;
        heatIn = racks + loss + lights + people + building + overspill;
        heatOut = cooled;
        moisture(dt);
    }

    private void moisture(double dt) {
        double saturated = Air.saturation(21);
        double vapourOutside = 0.75 * Air.saturation(outside.temperature());
        double change = (vapourOutside - vapour) / (doorOpen ? 6_000 : 40_000);
        if (mains) {
            change += Math.max(0, 0.42 * saturated - vapour) / 1_500;
            change -= Math.max(0, vapour - 0.52 * saturated) / 1_200;
        }
        change += present ? 6e-5 : 0;
        change += leakWest || leakEast ? 9e-4 : 0;
        vapour += change * dt;
    }

    private boolean stopped(int unit, List<? extends Incident> incidents) {
        for (Incident incident : incidents) {
            if (incident instanceof Incident.CoolingStops stops
                    && stops.unit() == unit
                    && stops.at(time)) {
                return true;
            }
        }
        return !ups.carries();
    }

    private double filter(int unit, List<? extends Incident> incidents) {
        for (Incident incident : incidents) {
            if (incident instanceof Incident.FilterClogs clogs
                    && clogs.unit() == unit
                    && time >= clogs.from()) {
                double share = (time - clogs.from()) / (clogs.to() - clogs.from());
                return 1 - 0.55 * Math.clamp(share, 0, 1);
            }
        }
        return 1;
    }

    private static double meanRecirculation(Row row, int rack) {
        return (recirculation(row, rack, Height.TOP)
                        + recirculation(row, rack, Height.MIDDLE)
                        + recirculation(row, rack, Height.BOTTOM))
                / 3;
    }

    /** The share of hot-aisle air in what a rack draws at a height. */
    private static double recirculation(Row row, int rack, Height height) {
        double end = rack == 0 || rack == RACKS_PER_ROW - 1 ? 0.02 : 0;
        return switch (height) {
            case TOP -> 0.08 + end + 1.15 * row.shortage;
            case MIDDLE -> 0.03 + end + 0.42 * row.shortage;
            case BOTTOM -> 0.005 + 0.12 * row.shortage;
        };
    }

    private Row row(Side side) {
        return side == Side.WEST ? west : east;
    }

    /** Simulated time, seconds since the epoch. */
    double time() {
        return time;
    }

    /** Racks count from 1. */
    double inletTemperature(Side side, int rack, Height height) {
        Row row = row(side);
        double share = recirculation(row, rack - 1, height);
        return row.aisle.air + share * (hot.air - row.aisle.air) + row.offset[rack - 1];
    }

    double inletHumidity(Side side, int rack) {
        return Air.relativeHumidity(vapour, inletTemperature(side, rack, Height.MIDDLE));
    }

    /** In kW. */
    double rackPower(Side side, int rack) {
        return row(side).power[rack - 1];
    }

    double aisleTemperature(Side side) {
        return row(side).aisle.air;
    }

    /** The air does not mix at once: each place leans to the racks beside it. */
    double hotAisleTemperature(Place place) {
        int from = place == Place.NORTH ? 0 : place == Place.CENTRE ? 3 : 7;
        int to = place == Place.NORTH ? 3 : place == Place.CENTRE ? 7 : 10;
        double here = 0;
        double all = 0;
        for (Row row : rows) {
            for (int i = 0; i < RACKS_PER_ROW; i++) {
                all += row.outlet[i] / (2 * RACKS_PER_ROW);
                if (i >= from && i < to) {
                    here += row.outlet[i] / (2.0 * (to - from));
                }
            }
        }
        return hot.air + 0.6 * (here - all) + (place == Place.CENTRE ? 0.9 : -0.3);
    }

    /** The mean of the air in the hot aisle. */
    double hotAir() {
        return hot.air;
    }

    /** Units count from 1. */
    CoolingUnit unit(int unit) {
        return units[unit - 1];
    }

    /** The supply air of a unit; at a standstill its sensor reads the aisle it hangs in. */
    double supplyTemperature(int unit) {
        double flow = unit(unit).flow();
        double aisle = row(unit <= 2 ? Side.WEST : Side.EAST).aisle.air;
        double still = Math.clamp(1 - flow / 0.4, 0, 1);
        return still * aisle + (1 - still) * unit(unit).supply(hot.air);
    }

    double returnTemperature(int unit) {
        return hot.air - 0.35 + 0.1 * unit;
    }

    Ups ups() {
        return ups;
    }

    /** Mains voltage at the UPS, 0 while the mains are away. */
    double mainsVoltage() {
        return mains ? 231 + voltageNoise : 0;
    }

    double upsZoneTemperature() {
        return upsZone;
    }

    double upsZoneHumidity() {
        return Air.relativeHumidity(vapour, upsZone);
    }

    double roomTemperature() {
        return room;
    }

    double roomHumidity() {
        return Air.relativeHumidity(vapour, room);
    }

    /** Vapour pressure of the room's air, hPa. */
    double vapour() {
        return vapour;
    }

    boolean doorOpen() {
        return doorOpen;
    }

    /** True while a body moves and for 20 s after, as an infrared sensor reports it. */
    boolean motion() {
        return time - lastSeen < 20;
    }

    /** The light goes out two minutes after the last motion. */
    boolean lightOn() {
        return time - lastSeen < 140;
    }

    boolean leak(Side side) {
        return side == Side.WEST ? leakWest : leakEast;
    }

    /** Meter reading of the whole room, kWh. */
    double energy() {
        return energy;
    }

    /** Sets the meter: a restarted simulator goes on where its last row stood. */
    void energy(double kilowattHours) {
        energy = kilowattHours;
    }

    double outdoorTemperature() {
        return outside.temperature();
    }

    boolean sunUp() {
        return outside.sunUp();
    }

    /** All heat stored in air, structure, racks, room and UPS, kJ; for the balance test. */
    double stored() {
        double sum = hot.stored() + ROOM_MASS * room + UPS_MASS * upsZone;
        for (Row row : rows) {
            sum += row.aisle.stored();
            for (double outlet : row.outlet) {
                sum += RACK_MASS * outlet;
            }
        }
        return sum;
    }

    /** Heat that came in during the last step, kW; for the balance test. */
    double heatIn() {
        return heatIn;
    }

    /** Heat the cooling units took out during the last step, kW; for the balance test. */
    double heatOut() {
        return heatOut;
    }
}
