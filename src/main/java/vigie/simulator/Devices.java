package vigie.simulator;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The devices of the reference room, in the order Home Assistant would have loaded them. */
final class Devices {
    private static final int[] TALL_RACKS = {1, 4, 7, 10};
    private static final int[] HUMID_RACKS = {4, 7};

    private final long seed;
    private final List<Device> all = new ArrayList<>();
    private final Map<String, EntityAttributes> attributes = new LinkedHashMap<>();

    private Devices(long seed) {
        this.seed = seed;
    }

    /** Fresh devices for a room. */
    static Devices ofReferenceRoom(long seed) {
        Devices devices = new Devices(seed);
        devices.sun();
        for (Side side : Side.values()) {
            devices.row(side);
        }
        devices.aisleAndUnits();
        devices.ups();
        devices.room();
        return devices;
    }

    List<Device> all() {
        return all;
    }

    /** What statistics know of each entity, by entity id, in order. */
    Map<String, EntityAttributes> attributes() {
        return attributes;
    }

    private void row(Side side) {
        for (int rack = 1; rack <= ServerRoom.RACKS_PER_ROW; rack++) {
            boolean tall = contains(TALL_RACKS, rack);
            for (ServerRoom.Height height : ServerRoom.Height.values()) {
                if (tall || height == ServerRoom.Height.MIDDLE) {
                    inlet(side, rack, height);
                }
            }
            String name = rackName(side, rack);
            int number = rack;
            if (contains(HUMID_RACKS, rack)) {
                number(
                        rackId(side, rack) + "_inlet_humidity",
                        percent("humidity", name + " inlet humidity"),
                        0,
                        0.3,
                        0.8,
                        15,
                        room -> room.inletHumidity(side, number));
            }
            number(
                    rackId(side, rack) + "_power",
                    EntityAttributes.measurement("power", "W", "power", name + " power"),
                    0,
                    14,
                    6,
                    6,
                    room -> 1000 * room.rackPower(side, number));
        }
    }

    private void inlet(Side side, int rack, ServerRoom.Height height) {
        String where = height.name().toLowerCase(Locale.ROOT);
        number(
                rackId(side, rack) + "_inlet_" + where,
                celsius(rackName(side, rack) + " inlet " + where),
                1,
                0.06,
                0.05,
                5,
                room -> room.inletTemperature(side, rack, height));
    }

    private void aisleAndUnits() {
        number(
                "sensor.hot_aisle_north",
                celsius("Hot aisle north"),
                1,
                0.07,
                0.05,
                5,
                room -> room.hotAisleTemperature(ServerRoom.Place.NORTH));
        number(
                "sensor.hot_aisle_hot_spot",
                celsius("Hot aisle hot spot"),
                1,
                0.07,
                0.05,
                5,
                room -> room.hotAisleTemperature(ServerRoom.Place.CENTRE));
        number(
                "sensor.hot_aisle_south",
                celsius("Hot aisle south"),
                1,
                0.07,
                0.05,
                5,
                room -> room.hotAisleTemperature(ServerRoom.Place.SOUTH));
        for (int unit = 1; unit <= 4; unit++) {
            int number = unit;
            String id = "sensor.crac_" + unit;
            String name = "CRAC " + unit;
            number(
                    id + "_supply_temperature",
                    celsius(name + " supply temperature"),
                    1,
                    0.06,
                    0,
                    10,
                    room -> room.supplyTemperature(number));
            number(
                    id + "_return_temperature",
                    celsius(name + " return temperature"),
                    1,
                    0.06,
                    0,
                    10,
                    room -> room.returnTemperature(number));
            number(
                    id + "_fan_speed",
                    percent(null, name + " fan speed"),
                    0,
                    0,
                    0,
                    10,
                    room -> 100 * room.unit(number).fan());
            word(
                    "binary_sensor.crac_" + unit + "_running",
                    EntityAttributes.word("running", name + " running"),
                    room -> onOff(room.unit(number).running()));
        }
    }

    private void ups() {
        number(
                "sensor.ups_load",
                percent(null, "UPS load"),
                1,
                0.1,
                0,
                15,
                room -> 100 * room.ups().load());
        number(
                "sensor.ups_battery_charge",
                percent("battery", "UPS battery charge"),
                0,
                0,
                0,
                15,
                room -> 100 * room.ups().charge());
        number(
                "sensor.ups_runtime",
                EntityAttributes.measurement("duration", "min", "duration", "UPS runtime"),
                1,
                0,
                0,
                30,
                room -> room.ups().runtime() / 60);
        number(
                "sensor.ups_input_voltage",
                EntityAttributes.measurement("voltage", "V", "voltage", "UPS input voltage"),
                1,
                0.1,
                0,
                15,
                ServerRoom::mainsVoltage);
        word(
                "binary_sensor.ups_on_battery",
                EntityAttributes.word("power", "UPS on battery"),
                room -> onOff(room.ups().onBattery()));
        word(
                "sensor.ups_status",
                EntityAttributes.word(null, "UPS status"),
                room -> room.ups().status());
        number(
                "sensor.ups_zone_temperature",
                celsius("UPS zone temperature"),
                1,
                0.04,
                0.06,
                15,
                ServerRoom::upsZoneTemperature);
        number(
                "sensor.ups_zone_humidity",
                percent("humidity", "UPS zone humidity"),
                0,
                0.3,
                0.8,
                15,
                ServerRoom::upsZoneHumidity);
    }

    private void room() {
        zigbee("binary_sensor.room_motion", "motion", "Room motion", room -> onOff(room.motion()));
        zigbee("binary_sensor.room_door", "door", "Room door", room -> onOff(room.doorOpen()));
        zigbee(
                "binary_sensor.leak_west",
                "moisture",
                "Leak west",
                room -> onOff(room.leak(Side.WEST)));
        zigbee(
                "binary_sensor.leak_east",
                "moisture",
                "Leak east",
                room -> onOff(room.leak(Side.EAST)));
        number(
                "sensor.room_temperature",
                celsius("Room temperature"),
                1,
                0.04,
                0.06,
                15,
                ServerRoom::roomTemperature);
        number(
                "sensor.room_humidity",
                percent("humidity", "Room humidity"),
                0,
                0.3,
                0.8,
                15,
                ServerRoom::roomHumidity);
        number(
                "sensor.outdoor_temperature",
                celsius("Outdoor temperature"),
                1,
                0.03,
                0,
                120,
                ServerRoom::outdoorTemperature);
        light();
        number(
                "sensor.server_room_energy",
                EntityAttributes.number(
                        "total_increasing", "energy", "kWh", "energy", "Server room energy"),
                2,
                0,
                0,
                30,
                ServerRoom::energy);
        template("sensor.server_room_energy");
        word(
                "update.home_assistant_core",
                new EntityAttributes(
                        "{\"auto_update\":false,\"installed_version\":\"2026.11.0\","
                                + "\"latest_version\":\"2026.11.0\",\"title\":\"Home Assistant"
                                + " Core\",\"friendly_name\":\"Home Assistant Core Update\"}",
                        null,
                        null,
                        null),
                _ -> "off");
    }

    private void sun() {
        word(
                "sun.sun",
                EntityAttributes.word(null, "Sun"),
                room -> room.sunUp() ? "above_horizon" : "below_horizon");
    }

    private void light() {
        word(
                "light.server_room",
                new EntityAttributes(
                        "{\"supported_color_modes\":[\"onoff\"],\"color_mode\":null,"
                                + "\"friendly_name\":\"Server room\"}",
                        null,
                        null,
                        null),
                room -> onOff(room.lightOn()));
    }

    /** A battery device that reports its radio link with everything it says. */
    private void zigbee(
            String id, String deviceClass, String name, Function<ServerRoom, String> truth) {
        Function<SplittableRandom, String> linked =
                random ->
                        "{\"linkquality\":"
                                + (90 + 8 * random.nextInt(16))
                                + ",\"device_class\":\""
                                + deviceClass
                                + "\",\"friendly_name\":\""
                                + name
                                + "\"}";
        word(id, EntityAttributes.word(deviceClass, name), truth);
        all.set(all.size() - 1, all.getLast().withChangingAttributes(linked, seed));
    }

    private void template(String id) {
        if (!all.getLast().entityId().equals(id)) {
            throw new IllegalStateException(id);
        }
        all.set(all.size() - 1, all.getLast().asTemplate(seed));
    }

    private void number(
            String id,
            EntityAttributes about,
            int decimals,
            double noise,
            double delta,
            double period,
            ToDoubleFunction<ServerRoom> truth) {
        attributes.put(id, about);
        all.add(Device.number(seed, id, about.json(), decimals, noise, delta, period, truth));
    }

    private void word(String id, EntityAttributes about, Function<ServerRoom, String> truth) {
        attributes.put(id, about);
        all.add(Device.word(seed, id, about.json(), truth));
    }

    private static EntityAttributes celsius(String name) {
        return EntityAttributes.measurement("temperature", "°C", "temperature", name);
    }

    private static EntityAttributes percent(@Nullable String deviceClass, String name) {
        return EntityAttributes.measurement(deviceClass, "%", "unitless", name);
    }

    private static String rackId(Side side, int rack) {
        return "sensor.rack_" + side.row() + rack;
    }

    private static String rackName(Side side, int rack) {
        return "Rack " + Character.toUpperCase(side.row()) + rack;
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static boolean contains(int[] list, int wanted) {
        for (int some : list) {
            if (some == wanted) {
                return true;
            }
        }
        return false;
    }
}
