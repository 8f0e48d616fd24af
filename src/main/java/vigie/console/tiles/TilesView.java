package vigie.console.tiles;

import eu.hansolo.tilesfx.Tile;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.fxml.FXML;
import javafx.scene.layout.GridPane;

import vigie.console.markup.Markup;
import vigie.console.style.Palette;
import vigie.console.words.Speech;
import vigie.plan.ElementId;

import java.util.function.Consumer;

/** The four tiles. A click goes to the sensor a number comes from. */
public final class TilesView {
    @FXML private Tile inlet;
    @FXML private Tile hotAisle;
    @FXML private Tile humidity;
    @FXML private Tile ups;

    private final GridPane node;

    /**
     * @param goTo is told the sensor to go to
     */
    public TilesView(TilesModel model, Speech speech, Palette palette, Consumer<ElementId> goTo) {
        node = Markup.load(GridPane.class, "tiles", this, speech);
        bind(inlet, "tiles.inlet", model.inletProperty(), speech, palette, goTo);
        bind(hotAisle, "tiles.hot-aisle", model.hotAisleProperty(), speech, palette, goTo);
        bind(humidity, "tiles.humidity", model.humidityProperty(), speech, palette, goTo);
        bind(ups, "tiles.ups", model.upsProperty(), speech, palette, goTo);
    }

    public GridPane node() {
        return node;
    }

    private static void bind(
            Tile tile,
            String title,
            ReadOnlyObjectProperty<TileContent> content,
            Speech speech,
            Palette palette,
            Consumer<ElementId> goTo) {
        TileFace face = new TileFace(tile, palette, goTo);
        content.addListener((property, before, now) -> {
            if (!now.equals(before)) {
                face.show(speech.say(title), now);
            }
        });
        speech.wordsProperty().addListener(language -> face.show(speech.say(title), content.get()));
        face.show(speech.say(title), content.get());
    }
}
