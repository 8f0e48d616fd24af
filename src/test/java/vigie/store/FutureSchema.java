package vigie.store;

/** The programs before and after this one, as far as Vigie's own schema is concerned. */
public final class FutureSchema {
    /** The version that the program to come makes. */
    public static final int VERSION = 99;

    private FutureSchema() {}

    /** Opens the schema as a program does that knows one migration more. */
    public static OwnSchema.Access open(DatabaseAddress own) {
        return OwnSchema.open(own, Migrations.KNOWN.and("V99__future.sql"));
    }

    /** Opens it as a program does that knows no more than a version. */
    public static OwnSchema.Access openAsOf(DatabaseAddress own, int version) {
        return OwnSchema.open(own, Migrations.upTo(version));
    }

    /** Opens it as a program does whose one migration more fails in its middle. */
    static OwnSchema.Access openAndBreakOff(DatabaseAddress own) {
        return OwnSchema.open(own, Migrations.KNOWN.and("V98__broken_off.sql"));
    }
}
