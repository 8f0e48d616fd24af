package vigie.simulator;

/**
 * One cooling unit: it draws hot air, cools it as far as its coil can, and blows it to its side.
 * The valve is a PI controller of the supply temperature, the fan one of the cold aisle's
 * temperature; both have ends.
 *
 * <p>Flows are heat capacity flows in kW/K (1 kW/K is about 0.83 m³/s of air). Power in kW.
 */
final class CoolingUnit {
    /** Flow at full fan speed. */
    static final double FULL_FLOW = 1.6;

    /** What the coil takes at a return temperature of 32 °C and an open valve; 2 %/K more above. */
    static final double CAPACITY = 22.0;

    static final double SUPPLY_SETPOINT = 19.5;

    /** How much warmer than the supply air the cold aisle may be: a measure of what leaks back. */
    static final double AISLE_EXCESS = 1.3;

    /** A flow below this is none, kW/K. */
    private static final double STILL = 0.02;

    private static final double SLOWEST = 0.35;

    /** The compressors of a unit start again this long after power returns, in seconds. */
    private static final double RESTART = 150;

    private double fan = 0.78;
    private double fanIntegral = 0.78;
    private double valve = 0.85;
    private double valveIntegral = 0.85;
    private double cooling = 18;
    private double compressorReadyIn;
    private double clean = 1;
    private boolean running = true;

    /**
     * Moves the unit on.
     *
     * @param dt seconds, at most {@link ServerRoom#LONGEST_STEP}
     * @param stopped the unit stands still
     * @param compressorPower false while the mains are away
     * @param fullFlow the share of the flow that a clean filter would let through
     * @param hot the return temperature, °C
     * @param aisle the temperature of the cold aisle, °C
     */
    void step(
            double dt,
            boolean stopped,
            boolean compressorPower,
            double fullFlow,
            double hot,
            double aisle) {
        running = !stopped;
        clean = fullFlow;
        if (stopped) {
            fan = approach(fan, 0, dt, 12);
            fanIntegral = 0.9;
            valve = approach(valve, 0, dt, 20);
            valveIntegral = 0.7;
            cooling = limited(approach(cooling, 0, dt, 15), hot);
            return;
        }
        // The fan follows what the racks draw, seen from how much warmer the aisle is than what
        // goes into it. Were it to follow the aisle's temperature itself, a warm coil would drive
        // it up for ever.
        double supplied =
                compressorPower ? Math.max(SUPPLY_SETPOINT, supply(hot)) : SUPPLY_SETPOINT;
        double aisleError = Math.min(aisle - supplied - AISLE_EXCESS, 6);
        fanIntegral = Math.clamp(fanIntegral + aisleError * dt * 0.0006, SLOWEST, 1);
        fan = approach(fan, Math.clamp(fanIntegral + 0.10 * aisleError, SLOWEST, 1), dt, 25);

        compressorReadyIn = compressorPower ? Math.max(0, compressorReadyIn - dt) : RESTART;
        if (!compressorPower || compressorReadyIn > 0) {
            // The coil stays cold for a while: chilled water and metal.
            cooling = approach(cooling, 0, dt, 110);
            valveIntegral = 0.8;
        } else {
            double supplyError = supply(hot) - SUPPLY_SETPOINT;
            valveIntegral = Math.clamp(valveIntegral + supplyError * dt * 0.0015, 0, 1);
            valve = Math.clamp(valveIntegral + 0.06 * supplyError, 0, 1);
            cooling = approach(cooling, valve * capacity(hot), dt, 30);
        }
        cooling = limited(cooling, hot);
    }

    /** No air leaves the coil colder than the coil, and none leaves at a standstill. */
    private double limited(double heat, double hot) {
        return flow() < STILL ? 0 : Math.min(heat, flow() * Math.max(0, hot - 12));
    }

    private static double capacity(double hot) {
        return CAPACITY * Math.clamp(1 + 0.02 * (hot - 32), 0.3, 1.4);
    }

    private static double approach(double value, double target, double dt, double tau) {
        return value + (target - value) * dt / (tau + dt);
    }

    /** The heat capacity flow, kW/K. */
    double flow() {
        return fan * FULL_FLOW * clean;
    }

    /** The heat taken out of the room, kW. */
    double cooling() {
        return cooling;
    }

    /** The supply air's temperature for a return temperature; the return's own at a standstill. */
    double supply(double hot) {
        return flow() < STILL ? hot : hot - cooling / flow();
    }

    /** Fan speed, 0 to 1. */
    double fan() {
        return fan < 0.02 ? 0 : fan;
    }

    boolean running() {
        return running;
    }

    /**
     * Electric power: fans (cube of speed) and compressor (a coefficient of performance of 3.4).
     */
    double electricPower() {
        return 1.6 * fan * fan * fan + cooling / 3.4;
    }

    /** What the UPS carries of it. */
    double fanPower() {
        return 1.6 * fan * fan * fan;
    }
}
