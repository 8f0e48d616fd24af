package vigie.console.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import vigie.console.style.Palette;
import vigie.console.style.Role;
import vigie.picture.Picture;
import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.Spot;
import vigie.text.Words;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the operator does to the plan, and what the plan shows, on a screen in memory. */
@ExtendWith(ApplicationExtension.class)
class PlanViewTest {
    private static final ElementId B4 = new ElementId("b4");
    private static final ElementId A1 = new ElementId("a1");

    private final ReferenceRoom room = new ReferenceRoom().calm();
    private PlanView view;

    @Start
    void open(Stage stage) {
        view = new PlanView(Words.in(Locale.ENGLISH), Palette.dark());
        stage.setScene(new Scene(new StackPane(view), 1380, 930));
        stage.show();
        view.show(room.picture(), room.now(), true);
    }

    @Test
    void a_click_selects_a_rack(FxRobot robot) {
        robot.clickOn(onScreen(centre(B4)), MouseButton.PRIMARY);
        assertThat(view.selectedProperty().get()).contains(B4);
    }

    @Test
    void a_click_on_bare_floor_lets_go(FxRobot robot) {
        robot.clickOn(onScreen(centre(B4)), MouseButton.PRIMARY);
        robot.clickOn(onScreen(new Spot(1.6, 3)), MouseButton.PRIMARY);
        assertThat(view.selectedProperty().get()).isEmpty();
    }

    @Test
    void a_sensor_in_an_aisle_is_meant_before_the_aisle(FxRobot robot) {
        robot.moveTo(onScreen(new Spot(6.6, 4.7)));
        assertThat(view.hoveredProperty().get()).contains(new ElementId("hot-spot"));
        robot.moveTo(onScreen(new Spot(6.2, 3.6)));
        assertThat(view.hoveredProperty().get()).contains(new ElementId("hot-aisle"));
    }

    @Test
    void the_pointer_is_told_while_something_is_hovered(FxRobot robot) {
        robot.moveTo(onScreen(centre(A1)));
        assertThat(view.hoveredProperty().get()).contains(A1);
        assertThat(view.pointerProperty().get().distance(view.pointOf(centre(A1)))).isLessThan(2);
    }

    @Test
    void the_wheel_zooms_at_the_pointer(FxRobot robot) {
        Spot under = new Spot(8, 2);
        Point2D before = view.pointOf(under);
        double scale = view.pixelsPerMetre();
        robot.moveTo(onScreen(under));
        robot.scroll(3, javafx.geometry.VerticalDirection.UP);
        assertThat(view.pixelsPerMetre()).isNotEqualTo(scale);
        assertThat(view.pointOf(under).distance(before)).isLessThan(2);
    }

    @Test
    void dragging_moves_the_plan_and_selects_nothing(FxRobot robot) {
        robot.interact(() -> view.zoomAt(690, 465, 2));
        Spot spot = new Spot(6.2, 3.6);
        Point2D before = view.pointOf(spot);
        robot.drag(onScreen(new Spot(6.2, 3.6)), MouseButton.PRIMARY).moveBy(80, 50).drop();
        Point2D after = view.pointOf(spot);
        assertThat(after.subtract(before).distance(80, 50)).isLessThan(6);
    }

    @Test
    void a_double_click_shows_the_whole_plan(FxRobot robot) {
        double whole = view.pixelsPerMetre();
        robot.interact(() -> view.zoomAt(300, 300, 2.5));
        robot.doubleClickOn(onScreen(centre(A1)));
        assertThat(view.pixelsPerMetre()).isEqualTo(whole);
    }

    @Test
    void keys_go_from_element_to_element_select_and_let_go(FxRobot robot) {
        robot.interact(() -> view.focusOn(A1));
        robot.type(KeyCode.DOWN).type(KeyCode.ENTER);
        assertThat(view.selectedProperty().get()).contains(new ElementId("a2"));
        robot.type(KeyCode.TAB).type(KeyCode.ENTER);
        assertThat(view.selectedProperty().get()).contains(new ElementId("a3"));
        robot.type(KeyCode.ESCAPE);
        assertThat(view.selectedProperty().get()).isEmpty();
    }

    @Test
    void zoom_keys_and_the_key_for_the_whole_plan(FxRobot robot) {
        double whole = view.pixelsPerMetre();
        robot.interact(view::requestFocus);
        robot.interact(view::zoomIn);
        assertThat(view.pixelsPerMetre()).isGreaterThan(whole);
        robot.type(KeyCode.F);
        assertThat(view.pixelsPerMetre()).isEqualTo(whole);
    }

    @Test
    void zooming_ends_somewhere_and_never_loses_the_plan(FxRobot robot) {
        robot.interact(() -> {
            for (int i = 0; i < 100; i++) {
                view.zoomIn();
            }
            view.pan(1e6, -1e6);
        });
        assertThat(view.pixelsPerMetre()).isLessThan(1000);
        Point2D corner = view.pointOf(new Spot(0, 8.8));
        assertThat(corner.getX()).isLessThanOrEqualTo(view.getWidth());
        assertThat(corner.getY()).isGreaterThanOrEqualTo(0);
        robot.interact(() -> {
            for (int i = 0; i < 100; i++) {
                view.zoomOut();
            }
        });
        assertThat(view.pixelsPerMetre()).isGreaterThan(10);
    }

    @Test
    void a_hot_inlet_gets_the_colour_of_an_alarm_and_its_neighbour_none(FxRobot robot) {
        robot.interact(() -> {
            room.with("sensor.rack_b4_inlet_top", "34.2");
            view.show(room.picture(), room.now(), true);
        });
        WritableImage image = image(robot);
        Color alarm = Palette.dark().colour(Role.PRIORITY_1);
        assertThat(contains(image, area(B4), alarm)).isTrue();
        assertThat(contains(image, inside(area(new ElementId("b6"))), alarm)).isFalse();
    }

    @Test
    void nothing_is_coloured_while_all_is_normal(FxRobot robot) {
        WritableImage image = image(robot);
        Extent all = Extent.sized(0, 0, view.getWidth(), view.getHeight());
        for (Role role :
                List.of(Role.PRIORITY_1, Role.PRIORITY_2, Role.PRIORITY_3, Role.PRIORITY_4)) {
            assertThat(contains(image, all, Palette.dark().colour(role))).as(role.name()).isFalse();
        }
    }

    @Test
    void a_lost_connection_takes_the_colour_from_all_but_the_edge_at_once(FxRobot robot) {
        robot.interact(() -> {
            room.with("sensor.rack_b4_inlet_top", "34.2");
            view.show(room.picture(), room.now(), true);
            view.show(room.picture(), room.now().plusSeconds(6), false);
        });
        assertThat(view.isPainted()).isTrue();
        Extent all = Extent.sized(0, 0, view.getWidth(), view.getHeight());
        WritableImage lost = image(robot);
        Color alarm = Palette.dark().colour(Role.PRIORITY_1);
        // The edge tells where it was, and dimmed as all is it is not taken for an alarm of now.
        assertThat(contains(lost, all, alarm)).isFalse();
        assertThat(mostSaturated(lost, inside(area(B4)))).isLessThan(0.45);
        assertThat(mostSaturated(lost, area(B4))).isGreaterThan(0.5);
        assertThat(mostSaturated(lost, area(new ElementId("b6")))).isLessThan(0.45);
        robot.interact(() -> view.show(room.picture(), room.now(), true));
        assertThat(contains(image(robot), area(B4), alarm)).isTrue();
    }

    @Test
    void a_change_repaints_only_the_tiles_it_touches(FxRobot robot) {
        robot.interact(() -> {
            Picture before = room.picture();
            view.show(before, room.now(), true);
            long painted = view.paintedTiles();
            view.show(room.picture(), room.now(), true);
            assertThat(view.paintedTiles()).isEqualTo(painted);
            room.with("sensor.rack_b4_inlet_top", "23.9");
            view.show(room.picture(), room.now(), true);
            assertThat(view.paintedTiles() - painted).isBetween(1L, 4L);
        });
    }

    @Test
    void moving_the_plan_paints_only_what_comes_into_view(FxRobot robot) {
        robot.interact(() -> {
            view.zoomAt(690, 465, 2);
            long painted = view.paintedTiles();
            view.pan(5, 0);
            assertThat(view.paintedTiles() - painted).isLessThanOrEqualTo(12);
            long moved = view.paintedTiles();
            view.pan(1, 1);
            view.pan(-1, -1);
            assertThat(view.paintedTiles() - moved).isLessThanOrEqualTo(20);
        });
    }

    @Test
    void the_one_who_hears_the_screen_hears_the_element_at_the_cursor(FxRobot robot) {
        robot.interact(() -> view.focusOn(B4));
        assertThat(view.getAccessibleText()).startsWith("Rack B4: ").endsWith("normal");
        robot.interact(() -> {
            room.with("sensor.rack_b4_inlet_top", "34.2");
            view.show(room.picture(), room.now(), true);
        });
        assertThat(view.getAccessibleText()).isEqualTo("Rack B4: 34.2\u00a0°C, alarm");
        robot.interact(() -> view.setWords(Words.in(Locale.FRENCH)));
        assertThat(view.getAccessibleText()).isEqualTo("Baie B4 : 34,2\u00a0°C, alarme");
    }

    @Test
    void another_plan_takes_the_place_of_the_first(FxRobot robot) {
        robot.interact(() -> {
            view.selectedProperty().set(Optional.of(B4));
            ReferenceRoom other = Halls.room(3, 4);
            view.show(other.picture(), other.now(), true);
        });
        assertThat(view.layoutOfPlan().pieces()).hasSize(13);
        assertThat(view.isPainted()).isTrue();
    }

    private Point2D onScreen(Spot spot) {
        return view.localToScreen(view.pointOf(spot));
    }

    private Spot centre(ElementId id) {
        Extent extent = view.layoutOfPlan().piece(id).orElseThrow().extent();
        return new Spot(extent.centreX(), extent.centreY());
    }

    private Extent area(ElementId id) {
        Extent extent = view.layoutOfPlan().piece(id).orElseThrow().extent();
        Point2D from = view.pointOf(new Spot(extent.left(), extent.top()));
        Point2D to = view.pointOf(new Spot(extent.right(), extent.bottom()));
        return new Extent(from.getX(), from.getY(), to.getX(), to.getY());
    }

    private static Extent inside(Extent extent) {
        return extent.grown(-6);
    }

    private WritableImage image(FxRobot robot) {
        WritableImage[] taken = new WritableImage[1];
        robot.interact(() -> taken[0] = view.snapshot(null, null));
        return taken[0];
    }

    private static boolean contains(WritableImage image, Extent area, Color colour) {
        PixelReader pixels = image.getPixelReader();
        for (int y = (int) area.top(); y < area.bottom(); y++) {
            for (int x = (int) area.left(); x < area.right(); x++) {
                Color found = pixels.getColor(x, y);
                if (Math.abs(found.getRed() - colour.getRed()) < 0.02
                        && Math.abs(found.getGreen() - colour.getGreen()) < 0.02
                        && Math.abs(found.getBlue() - colour.getBlue()) < 0.02) {
                    return true;
                }
            }
        }
        return false;
    }

    private static double mostSaturated(WritableImage image, Extent area) {
        double most = 0;
        for (int y = (int) area.top(); y < area.bottom(); y++) {
            for (int x = (int) area.left(); x < area.right(); x++) {
                Color found = image.getPixelReader().getColor(x, y);
                most = Math.max(most, found.getSaturation() * found.getBrightness());
            }
        }
        return most;
    }

    @Test
    void a_value_stands_where_it_would_when_another_binding_of_its_sensor_ends(FxRobot robot) {
        ReferenceRoom rebound =
                new ReferenceRoom(
                                Rebound.plan(
                                        new ElementId("hot-aisle-north"),
                                        ReferenceRoom.START.plusSeconds(60)))
                        .calm();
        robot.interact(() -> view.show(rebound.picture(), rebound.now(), true));
        Image both = labelOfNorth(robot);
        rebound.later(120);
        robot.interact(() -> view.show(rebound.picture(), rebound.now(), true));
        Image ended = labelOfNorth(robot);
        room.later(120);
        robot.interact(() -> view.show(room.picture(), room.now(), true));
        Image never = labelOfNorth(robot);
        assertThat(ended).isEqualTo(never).isNotEqualTo(both);
    }

    /** What is painted under the northern sensor of the hot aisle. */
    private Image labelOfNorth(FxRobot robot) {
        Extent aisle = view.layoutOfPlan().piece(new ElementId("hot-aisle")).orElseThrow().extent();
        Point2D from = view.pointOf(new Spot(aisle.left(), aisle.top()));
        Point2D to = view.pointOf(new Spot(aisle.right(), 4));
        WritableImage whole = image(robot);
        List<Integer> pixels = new ArrayList<>();
        for (int y = (int) from.getY(); y < to.getY(); y++) {
            for (int x = (int) from.getX(); x < to.getX(); x++) {
                pixels.add(whole.getPixelReader().getArgb(x, y));
            }
        }
        return new Image(pixels);
    }

    /** Pixels, compared without listing them. */
    private record Image(List<Integer> pixels) {
        @Override
        public String toString() {
            return "image " + pixels.hashCode();
        }
    }

    /** Only what can be selected has a place here. */
    @Test
    void every_element_but_walls_and_read_sensors_is_drawn() {
        assertThat(view.layoutOfPlan().pieces())
                .extracting(Piece::element)
                .hasAtLeastOneElementOfType(Element.Rack.class)
                .hasAtLeastOneElementOfType(Element.CoolingUnit.class)
                .hasAtLeastOneElementOfType(Element.UpsZone.class)
                .hasAtLeastOneElementOfType(Element.Door.class)
                .doesNotHaveAnyElementsOfTypes(Element.Wall.class);
    }

    @Test
    void a_part_of_the_plan_is_kept_in_whatever_size_until_somebody_moves_it(FxRobot robot) {
        assertThat(view.looked()).isEmpty();
        PlanLook part = new PlanLook(new Spot(4, 3), 2);
        robot.interact(() -> view.look(Optional.of(part)));
        assertThat(view.looked()).contains(part);
        assertInTheMiddle(part.middle());
        robot.interact(() -> view.getScene().getWindow().setWidth(900));
        robot.interact(() -> view.getParent().layout());
        assertInTheMiddle(part.middle());
        robot.interact(() -> view.pan(-50, 0));
        assertThat(view.looked().orElseThrow().middle().x()).isGreaterThan(4.1);
        assertThat(view.looked().orElseThrow().zoom()).isCloseTo(2, within(1e-6));
        robot.interact(view::fit);
        assertThat(view.looked()).isEmpty();
    }

    @Test
    void a_part_asked_for_before_there_is_a_plan_is_shown_when_it_comes(FxRobot robot) {
        PlanLook part = new PlanLook(new Spot(4, 3), 2);
        PlanView early = new PlanView(Words.in(Locale.ENGLISH), Palette.dark());
        robot.interact(() -> {
            early.look(Optional.of(part));
            view.getScene().setRoot(new StackPane(early));
        });
        robot.interact(() -> early.show(room.picture(), room.now(), true));
        view = early;
        assertThat(early.looked()).contains(part);
        assertInTheMiddle(part.middle());
    }

    private void assertInTheMiddle(Spot spot) {
        assertThat(view.pointOf(spot).getX()).isCloseTo(view.getWidth() / 2, within(1.0));
        assertThat(view.pointOf(spot).getY()).isCloseTo(view.getHeight() / 2, within(1.0));
    }
}
