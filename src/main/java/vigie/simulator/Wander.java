package vigie.simulator;

import java.util.SplittableRandom;

/** Wandering about 0 with a standard deviation, an Ornstein-Uhlenbeck process in steps. */
final class Wander {
    private final double tau;
    private final double sigma;
    private double dt = Double.NaN;
    private double keep;
    private double kick;

    Wander(double tau, double sigma) {
        this.tau = tau;
        this.sigma = sigma;
    }

    double step(double value, double seconds, SplittableRandom random) {
        if (seconds != dt) {
            // Steps are nearly always equally long, and exp is dear.
            dt = seconds;
            keep = Math.exp(-dt / tau);
            kick = sigma * Math.sqrt(1 - keep * keep);
        }
        return value * keep + kick * random.nextGaussian();
    }
}
