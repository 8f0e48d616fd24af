package vigie.simulator;

import org.jspecify.annotations.Nullable;

/**
 * The attributes Home Assistant records for an entity, as JSON in its own order of keys, and what
 * its statistics make of them.
 *
 * @param unit {@code unit_of_measurement}
 * @param unitClass the class of units that statistics convert within; null where there is none
 */
record EntityAttributes(
        String json,
        @Nullable String stateClass,
        @Nullable String unit,
        @Nullable String unitClass) {

    /** A measured number. */
    static EntityAttributes measurement(
            @Nullable String deviceClass, String unit, @Nullable String unitClass, String name) {
        return number("measurement", deviceClass, unit, unitClass, name);
    }

    static EntityAttributes number(
            String stateClass,
            @Nullable String deviceClass,
            String unit,
            @Nullable String unitClass,
            String name) {
        String json =
                "{\"state_class\":\""
                        + stateClass
                        + "\",\"unit_of_measurement\":\""
                        + unit
                        + "\""
                        + (deviceClass == null ? "" : ",\"device_class\":\"" + deviceClass + "\"")
                        + ",\"friendly_name\":\""
                        + name
                        + "\"}";
        return new EntityAttributes(json, stateClass, unit, unitClass);
    }

    /** An entity that says words; {@code deviceClass} may be null. */
    static EntityAttributes word(@Nullable String deviceClass, String name) {
        String json =
                "{"
                        + (deviceClass == null ? "" : "\"device_class\":\"" + deviceClass + "\",")
                        + "\"friendly_name\":\""
                        + name
                        + "\"}";
        return new EntityAttributes(json, null, null, null);
    }
}
