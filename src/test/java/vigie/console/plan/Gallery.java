package vigie.console.plan;

import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;

import vigie.console.picture.Png;
import vigie.console.style.Palette;
import vigie.plan.ElementId;
import vigie.text.Words;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Paints the floor plan in all its states into a folder, for the eye: {@code java -cp … Gallery
 * FOLDER}. Not a test.
 */
final class Gallery {
    private final Path folder;

    private Gallery(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Toolkit.call(() -> {
            new Gallery(folder).all();
            return folder;
        });
        Platform.exit();
    }

    private void all() throws Exception {
        Words english = Words.in(Locale.ENGLISH);
        Words french = Words.in(Locale.FRENCH);
        paint("normal", 1380, 930, english, calm(), true, view -> {});
        paint(
                "hot",
                1380,
                930,
                english,
                hot(),
                true,
                view -> view.selectedProperty().set(Optional.of(new ElementId("b4"))));
        paint("quality", 1380, 930, english, quality(), true, view -> {});
        paint("disconnected", 1380, 930, english, hot().later(125), false, view -> {});
        paint("french", 1380, 930, french, hot(), true, view -> {});
        paint("full-hd", 1920, 1080, english, hot(), true, view -> {});
        paint("uhd", 3840, 2160, english, hot(), true, view -> {});
        paint("small", 800, 560, english, hot(), true, view -> {});
        paint("zoomed", 1380, 930, english, hot(), true, view -> view.focusOn(new ElementId("b4")));
        paint(
                "zoomed-more",
                1380,
                930,
                english,
                hot(),
                true,
                view -> {
                    view.zoomAt(690, 465, 2.8);
                });
    }

    private static ReferenceRoom calm() {
        return new ReferenceRoom().calm();
    }

    static ReferenceRoom hot() {
        return calm().with(
                        Map.ofEntries(
                                Map.entry("binary_sensor.crac_4_running", "off"),
                                Map.entry("sensor.crac_4_fan_speed", "0"),
                                Map.entry("sensor.crac_4_supply_temperature", "27.9"),
                                Map.entry("sensor.rack_b1_inlet_top", "29.4"),
                                Map.entry("sensor.rack_b1_inlet_middle", "27.2"),
                                Map.entry("sensor.rack_b2_inlet_middle", "28.3"),
                                Map.entry("sensor.rack_b3_inlet_middle", "29.9"),
                                Map.entry("sensor.rack_b4_inlet_top", "34.2"),
                                Map.entry("sensor.rack_b4_inlet_middle", "31.0"),
                                Map.entry("sensor.rack_b4_inlet_bottom", "26.1"),
                                Map.entry("sensor.rack_b5_inlet_middle", "32.6"),
                                Map.entry("sensor.rack_a10_inlet_bottom", "16.9"),
                                Map.entry("sensor.hot_aisle_hot_spot", "46.8"),
                                Map.entry("binary_sensor.ups_on_battery", "on"),
                                Map.entry("sensor.ups_battery_charge", "71"),
                                Map.entry("sensor.ups_runtime", "14"),
                                Map.entry("binary_sensor.room_motion", "on"),
                                Map.entry("binary_sensor.room_door", "on"),
                                Map.entry("binary_sensor.leak_west", "on")))
                .later(3);
    }

    private static ReferenceRoom quality() {
        ReferenceRoom room = calm().later(3700);
        return room.with(
                Map.ofEntries(
                        Map.entry("sensor.rack_a1_inlet_top", "unavailable"),
                        Map.entry("sensor.rack_a2_inlet_middle", "unavailable"),
                        Map.entry("sensor.rack_a3_inlet_middle", "unknown"),
                        Map.entry("sensor.rack_a5_inlet_middle", "1,5"),
                        Map.entry("sensor.rack_b1_inlet_top", "unavailable"),
                        Map.entry("sensor.rack_b1_inlet_middle", "unavailable"),
                        Map.entry("sensor.rack_b1_inlet_bottom", "unavailable"),
                        Map.entry("sensor.hot_aisle_hot_spot", "unavailable"),
                        Map.entry("sensor.hot_aisle_north", "unknown"),
                        Map.entry("binary_sensor.crac_1_running", "unavailable"),
                        Map.entry("binary_sensor.room_motion", "unavailable"),
                        Map.entry("binary_sensor.room_door", "unavailable"),
                        Map.entry("binary_sensor.leak_west", "unavailable"),
                        Map.entry("binary_sensor.ups_on_battery", "unavailable"),
                        Map.entry("sensor.ups_runtime", "unavailable")));
    }

    private void paint(
            String name,
            int width,
            int height,
            Words words,
            ReferenceRoom room,
            boolean connected,
            Consumer<PlanView> then)
            throws Exception {
        PlanView view = new PlanView(words, Palette.dark());
        Scene scene = new Scene(view, width, height);
        view.resize(width, height);
        view.show(room.picture(), room.now(), connected);
        view.layout();
        then.accept(view);
        WritableImage image = scene.snapshot(new WritableImage(width, height));
        Png.write(image, folder.resolve(name + ".png"));
    }
}
