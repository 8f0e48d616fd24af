package vigie.console;

import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.stage.Window;

import vigie.console.history.Opening;
import vigie.console.history.PastSettings;
import vigie.history.Times;
import vigie.history.series.Kind;
import vigie.plan.Placement;
import vigie.plan.Quantity;
import vigie.point.PointId;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Pasts to look at. */
final class LookPast {
    private static final Instant NOW = FakeRoom.NOW;
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

    private LookPast() {}

    /** A past of every number and switch of the plan, with gaps, a spike, a change of unit. */
    static FakePast of(FakeRoom room) {
        FakePast past = new FakePast(NOW, BRUSSELS);
        long seed = 1;
        for (Placement placement : room.plan().placements()) {
            seed++;
            String name = placement.point().name();
            add(past, name, placement.quantity(), seed);
        }
        past.number(
                "sensor.server_room_energy",
                _ -> "kWh",
                Duration.ofMinutes(5),
                Kind.METER,
                micros -> 48_211.73 + (micros - Times.micros(NOW)) / 3.6e9 * 3.3);
        past.number(
                "sensor.outdoor_temperature",
                micros -> micros < Times.micros(NOW.minus(Duration.ofDays(3))) ? "°F" : "°C",
                Duration.ofMinutes(5),
                Kind.NUMBER,
                micros -> {
                    double celsius = FakePast.around(7, 5, 3).at(micros);
                    return micros < Times.micros(NOW.minus(Duration.ofDays(3)))
                            ? celsius * 9 / 5 + 32
                            : celsius;
                });
        past.spike("sensor.rack_a4_inlet_top", NOW.minus(Duration.ofHours(5)), 34.2);
        past.spike("sensor.rack_a4_inlet_top", NOW.minus(Duration.ofDays(200)), 36.5);
        return past;
    }

    private static void add(FakePast past, String name, Quantity quantity, long seed) {
        FakePast.Curve curve =
                switch (quantity) {
                    case TEMPERATURE, DEW_POINT ->
                            FakePast.around(
                                    name.contains("hot") || name.contains("return") ? 34 : 21.8,
                                    2.4,
                                    seed);
                    case HUMIDITY -> FakePast.around(45, 8, seed);
                    case POWER -> FakePast.around(3_200, 500, seed);
                    case VOLTAGE -> FakePast.around(231, 3, seed);
                    case LOAD -> FakePast.around(42, 6, seed);
                    case CHARGE -> _ -> 100;
                    default -> FakePast.around(50, 2, seed);
                };
        if (name.contains("a4_inlet_middle")) {
            curve =
                    FakePast.without(
                            curve,
                            NOW.minus(Duration.ofHours(14)),
                            NOW.minus(Duration.ofMinutes(12 * 60 + 10)));
        }
        if (name.contains("a4_inlet_top")) {
            FakePast.Curve usual = curve;
            long hot = Times.micros(NOW.minus(Duration.ofHours(9)));
            curve =
                    micros -> {
                        double hours = (micros - hot) / 3.6e9;
                        return usual.at(micros) + 7 * Math.exp(-hours * hours * 1.5);
                    };
        }
        if (quantity.isNumber()) {
            past.number(name, quantity.unit(), Duration.ofSeconds(30), curve);
        } else {
            long its = seed;
            past.text(
                    name,
                    Duration.ofMinutes(1),
                    micros -> {
                        long hour = Math.floorDiv(micros, 3_600_000_000L) + its * 7;
                        return Math.floorMod(hour, 53) == 7
                                ? null
                                : quantity == Quantity.STATUS
                                        ? (Math.floorMod(hour, 19) == 3 ? "OB" : "OL")
                                        : Math.floorMod(hour, 19) < 2
                                                        == (quantity == Quantity.RUNNING)
                                                ? "off"
                                                : "on";
                    });
        }
    }

    static PastSettings past(String situation, FakeRoom room) {
        FakePast past = of(room);
        if (situation.equals("history-before")) {
            past.missing(Sentence.of("past.noArchive", "vigie"));
        }
        List<PointId> rack =
                room.plan().placements().stream()
                        .map(Placement::point)
                        .filter(point -> point.name().contains("rack_a4"))
                        .toList();
        Opening opening =
                switch (situation) {
                    case "history",
                            "history-loading",
                            "history-cross",
                            "history-compare",
                            "history-typed",
                            "history-saved",
                            "history-marked" ->
                            Opening.following("Rack A4", rack, Duration.ofDays(1));
                    case "history-mixed" ->
                            Opening.following(
                                    "",
                                    Stream.of(
                                                    "sensor.rack_a4_inlet_top",
                                                    "sensor.server_room_energy",
                                                    "binary_sensor.crac_1_running",
                                                    "binary_sensor.crac_2_running",
                                                    "sensor.nobody",
                                                    "sensor.outdoor_temperature")
                                            .map(PointId::new)
                                            .toList(),
                                    Duration.ofDays(10));
                    case "history-many" ->
                            Opening.following(
                                    "Row A",
                                    room.plan().placements().stream()
                                            .map(Placement::point)
                                            .filter(point -> point.name().contains("rack_a"))
                                            .limit(16)
                                            .toList(),
                                    Duration.ofDays(7));
                    case "history-year" ->
                            Opening.following(
                                    "",
                                    List.of(new PointId("sensor.rack_a4_inlet_top")),
                                    Duration.ofDays(365));
                    case "history-dst" ->
                            Opening.between(
                                    "",
                                    List.of(new PointId("sensor.rack_a4_inlet_top")),
                                    Instant.parse("2026-10-24T22:30:00Z"),
                                    Instant.parse("2026-10-25T05:30:00Z"));
                    case "history-unknown" ->
                            Opening.following(
                                    "", List.of(new PointId("sensor.nobody")), Duration.ofDays(1));
                    case "history-unbound" ->
                            Opening.following("Door 1", List.of(), Duration.ofDays(1));
                    case "history-future" ->
                            Opening.between(
                                    "Rack A4",
                                    rack,
                                    NOW.minus(Duration.ofHours(3)),
                                    NOW.plus(Duration.ofHours(2)));
                    case "history-before" -> {
                        past.begins(NOW.minus(Duration.ofHours(20)));
                        yield Opening.following("Rack A4", rack, Duration.ofDays(2));
                    }
                    case "history-nothing" -> {
                        past.begins(NOW.minus(Duration.ofHours(20)));
                        yield Opening.between(
                                "Rack A4",
                                rack,
                                NOW.minus(Duration.ofDays(9)),
                                NOW.minus(Duration.ofDays(8)));
                    }
                    case "history-failed" -> {
                        past.fail(
                                new Fault(
                                        Fault.Kind.PASSING,
                                        Sentence.of("store.db.timeout", "127.0.0.1:3307", 5),
                                        "timeout"));
                        yield Opening.following("Rack A4", rack, Duration.ofDays(1));
                    }
                    default -> throw new IllegalArgumentException(situation);
                };
        if (situation.equals("history-loading")) {
            past.delay(Duration.ofSeconds(20));
        }
        return new PastSettings(past, Path.of("target", "look-charts.json"), Optional.of(opening));
    }

    /** Does to the window what a person would. */
    static void touch(String situation) {
        Scene scene = Window.getWindows().getFirst().getScene();
        Node chart = scene.lookup("#chart");
        switch (situation) {
            case "history-cross" -> move(chart, 0.585, 0.8);
            case "history-marked" -> {
                key(chart, KeyCode.DOWN);
                key(chart, KeyCode.DOWN);
                move(chart, 0.68, 0.2);
            }
            case "history-compare" -> {
                ComboBox<?> compare = (ComboBox<?>) scene.lookup("#history-compare");
                compare.getSelectionModel().select(2);
                move(chart, 0.52, 0.3);
            }
            case "history-typed" -> ((ToggleButton) scene.lookup("#range-custom")).fire();
            case "history-saved" -> {
                ((Button) scene.lookup("#history-save")).fire();
                ((Button) scene.lookup("#history-pin-it")).fire();
                ((Button) scene.lookup("#history-save")).fire();
            }
            default -> {}
        }
    }

    private static void move(Node chart, double x, double y) {
        double atX = chart.getLayoutBounds().getWidth() * x;
        double atY = chart.getLayoutBounds().getHeight() * y;
        Event.fireEvent(
                chart,
                new MouseEvent(
                        MouseEvent.MOUSE_MOVED,
                        atX,
                        atY,
                        atX,
                        atY,
                        MouseButton.NONE,
                        0,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        new PickResult(chart, atX, atY)));
    }

    private static void key(Node chart, KeyCode code) {
        Event.fireEvent(
                chart,
                new KeyEvent(
                        KeyEvent.KEY_PRESSED,
                        "",
                        code.getName(),
                        code,
                        false,
                        false,
                        false,
                        false));
    }
}
