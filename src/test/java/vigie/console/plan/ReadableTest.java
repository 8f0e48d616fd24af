package vigie.console.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.PlanFile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be read on the reference room at the sizes of real screens. */
class ReadableTest {
    private final Layout layout = new Layout(PlanFile.builtIn());

    @ParameterizedTest
    @CsvSource({"800,560", "1380,930", "1460,1000", "1920,1080", "2760,1860", "3840,2160"})
    void labels_overlap_nothing_at_any_size(double width, double height) throws Exception {
        Toolkit.call(() -> {
            Viewport fit = fit(width, height);
            for (double zoom : new double[] {1, 1.3, 2, 4}) {
                Scale scale = Scale.of(fit.scale() * zoom, width, height);
                assertNoOverlap(scale);
            }
            return true;
        });
    }

    @Test
    void every_sensor_of_the_reference_room_has_its_value_beside_it() throws Exception {
        Toolkit.call(() -> {
            Scale scale = Scale.of(fit(1380, 930).scale(), 1380, 930);
            LabelPlaces places = new LabelPlaces(layout, scale, ReferenceRoom.START);
            for (Piece piece : layout.pieces()) {
                if (piece.element() instanceof Element.Sensor sensor) {
                    assertThat(places.of(sensor.id())).as(sensor.id().value()).isPresent();
                }
            }
            return true;
        });
    }

    /** The second size is the plan's in a small window with the panel of the replay open. */
    @ParameterizedTest
    @CsvSource({"600,400", "918,438", "800,560", "1380,930", "3840,2160"})
    void values_of_an_aisle_are_read_in_it(double width, double height) throws Exception {
        Toolkit.call(() -> {
            Scale scale = Scale.of(fit(width, height).scale(), width, height);
            LabelPlaces places = new LabelPlaces(layout, scale, ReferenceRoom.START);
            Extent aisle = area("hot-aisle").times(scale.pixelsPerMetre());
            for (String id : List.of("hot-aisle-north", "hot-spot", "hot-aisle-south")) {
                assertThat(places.of(new ElementId(id)))
                        .as(id)
                        .hasValueSatisfying(
                                place -> assertThat(aisle.contains(place.all())).as(id).isTrue());
            }
            return true;
        });
    }

    @ParameterizedTest
    @CsvSource({"600,400", "918,438", "800,560", "1380,930", "3840,2160"})
    void no_value_is_nearer_to_another_sensor_than_to_its_own(double width, double height)
            throws Exception {
        Toolkit.call(() -> {
            Scale scale = Scale.of(fit(width, height).scale(), width, height);
            LabelPlaces places = new LabelPlaces(layout, scale, ReferenceRoom.START);
            List<Piece> sensors =
                    layout.pieces().stream()
                            .filter(piece -> piece.element() instanceof Element.Sensor)
                            .toList();
            for (Piece piece : sensors) {
                Optional<Extent> text = places.of(piece.id()).map(LabelPlaces.Place::all);
                for (Piece other : sensors) {
                    text.ifPresent(box ->
                            assertThat(away(box, piece, scale))
                                    .as(piece.id() + " and " + other.id())
                                    .isLessThanOrEqualTo(away(box, other, scale)));
                }
            }
            return true;
        });
    }

    private Extent area(String id) {
        return layout.piece(new ElementId(id)).orElseThrow().extent();
    }

    private static double away(Extent box, Piece sensor, Scale scale) {
        return box.distance(
                scale.metres(sensor.extent().left()), scale.metres(sensor.extent().top()));
    }

    @Test
    void a_binding_keeps_a_line_free_only_while_it_is_in_force() throws Exception {
        Toolkit.call(() -> {
            ElementId north = new ElementId("hot-aisle-north");
            Layout rebound = new Layout(Rebound.plan(north, ReferenceRoom.START.plusSeconds(60)));
            Scale scale = Scale.of(fit(1380, 930).scale(), 1380, 930);
            Optional<LabelPlaces.Place> alone =
                    new LabelPlaces(layout, scale, ReferenceRoom.START).of(north);
            assertThat(alone).isPresent();
            assertThat(new LabelPlaces(rebound, scale, ReferenceRoom.START).of(north))
                    .isNotEqualTo(alone);
            assertThat(
                            new LabelPlaces(rebound, scale, ReferenceRoom.START.plusSeconds(60))
                                    .of(north))
                    .isEqualTo(alone);
            return true;
        });
    }

    @Test
    void every_rack_has_room_for_name_and_value_at_the_reference_size() throws Exception {
        Toolkit.call(() -> {
            Scale scale = Scale.of(fit(1380, 930).scale(), 1380, 930);
            for (Piece piece : layout.pieces()) {
                if (piece.element() instanceof Element.Rack rack) {
                    RackShape shape = RackShape.of(piece, rack, scale);
                    assertThat(shape.detail()).isEqualTo(RackShape.Detail.TWO_LINES);
                    assertThat(shape.column()).isPresent();
                    assertThat(
                                    Lettering.width(
                                            "34.2\u00a0°C", Lettering.Weight.BOLD, scale.value()))
                            .isLessThan(shape.content().width());
                }
            }
            return true;
        });
    }

    @Test
    void zooming_in_shows_every_inlet() throws Exception {
        Toolkit.call(() -> {
            Scale scale = Scale.of(fit(1380, 930).scale() * 2.8, 1380, 930);
            Piece a1 = layout.piece(new ElementId("a1")).orElseThrow();
            assertThat(RackShape.of(a1, (Element.Rack) a1.element(), scale).detail())
                    .isEqualTo(RackShape.Detail.ALL);
            return true;
        });
    }

    @ParameterizedTest
    @CsvSource({"800,560", "1380,930", "1920,1080", "3840,2160"})
    void values_have_twelve_pixels_and_more_on_larger_screens(double width, double height) {
        Scale scale = Scale.of(fit(width, height).scale(), width, height);
        assertThat(scale.value()).isGreaterThanOrEqualTo(12);
        assertThat(scale.value() / height).isGreaterThan(0.013);
    }

    @Test
    void text_grows_slower_than_the_plan() {
        double one = Scale.of(94, 1380, 930).value();
        double four = Scale.of(376, 1380, 930).value();
        assertThat(four / one).isBetween(1.5, 2.5);
    }

    private Viewport fit(double width, double height) {
        return Viewport.fitting(
                layout.extent(), width, height, 34 * Scale.windowUnit(width, height));
    }

    private void assertNoOverlap(Scale scale) {
        LabelPlaces places = new LabelPlaces(layout, scale, ReferenceRoom.START);
        List<Extent> labels = new ArrayList<>();
        for (Piece piece : layout.pieces()) {
            Optional<Extent> label = places.of(piece.id()).map(LabelPlaces.Place::all);
            if (label.isEmpty()) {
                continue;
            }
            for (Extent other : labels) {
                assertThat(label.get().overlap(other)).isZero();
            }
            labels.add(label.get());
            for (Piece body : layout.pieces()) {
                switch (body.element()) {
                    case Element.Rack _, Element.CoolingUnit _, Element.UpsZone _ -> {
                        double size = label.get().width() * label.get().height();
                        assertThat(label.get().overlap(body.extent().times(scale.pixelsPerMetre())))
                                .as("%s over %s", piece.id(), body.id())
                                .isLessThan(size * 0.05);
                    }
                    default -> {}
                }
            }
        }
    }
}
