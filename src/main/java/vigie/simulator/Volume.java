package vigie.simulator;

/** A cold or hot volume: air, and the walls, floor and metal around it. */
final class Volume {
    double air;
    double structure;
    final double airMass;
    final double structureMass;
    final double exchange;

    Volume(double celsius, double airMass, double structureMass, double exchange) {
        this.air = celsius;
        this.structure = celsius;
        this.airMass = airMass;
        this.structureMass = structureMass;
        this.exchange = exchange;
    }

    /** Takes {@code heat} kW into the air for {@code dt} and lets air and structure exchange. */
    void take(double heat, double dt) {
        double toStructure = exchange * (air - structure);
        air += (heat - toStructure) * dt / airMass;
        structure += toStructure * dt / structureMass;
    }

    double stored() {
        return airMass * air + structureMass * structure;
    }
}
