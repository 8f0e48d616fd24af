package vigie.simulator;

/**
 * The uninterruptible power supply of racks and fans. The battery empties faster than in proportion
 * to its load (Peukert's law with exponent 1.2, ten minutes at full load when full) and fills in
 * about eight hours.
 */
final class Ups {
    /** Power at 100 % load, kW. */
    static final double FULL_LOAD = 110;

    private static final double PEUKERT = 1.2;
    private static final double SECONDS_AT_FULL_LOAD = 600;
    private static final double SECONDS_TO_FILL = 8 * 3600;

    private double charge = 1;
    private double load;
    private boolean onBattery;

    /** Moves on by {@code dt} seconds with the mains as they are and a load in kW. */
    void step(double dt, boolean mains, double kilowatts) {
        load = kilowatts / FULL_LOAD;
        onBattery = !mains;
        if (onBattery) {
            charge = Math.max(0, charge - dt / secondsFromFull());
        } else {
            charge = Math.min(1, charge + dt / SECONDS_TO_FILL);
        }
    }

    private double secondsFromFull() {
        return SECONDS_AT_FULL_LOAD * Math.pow(1 / Math.max(load, 0.02), PEUKERT);
    }

    /** How long the battery would carry the load of now, in seconds. */
    double runtime() {
        return charge * secondsFromFull();
    }

    /** 0 to 1. */
    double charge() {
        return charge;
    }

    /** Share of {@link #FULL_LOAD}. */
    double load() {
        return load;
    }

    boolean onBattery() {
        return onBattery;
    }

    /** False when the battery is empty and the mains are away: what hangs on it is dark. */
    boolean carries() {
        return !onBattery || charge > 0;
    }

    /** What it gives off as heat, kW. */
    double loss() {
        return load * FULL_LOAD * (onBattery ? 0.045 : charge < 0.999 ? 0.032 : 0.024);
    }

    /** The words of the Network UPS Tools. */
    String status() {
        if (onBattery) {
            return charge < 0.2 ? "OB DISCHRG LB" : "OB DISCHRG";
        }
        return charge < 0.995 ? "OL CHRG" : "OL";
    }
}
