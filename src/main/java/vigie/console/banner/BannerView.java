package vigie.console.banner;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

import org.kordamp.ikonli.javafx.FontIcon;

import vigie.console.markup.Markup;
import vigie.console.words.Speech;

import java.util.Optional;

/** One banner over the picture; takes no place while there is nothing to say. */
public final class BannerView {
    private static final PseudoClass URGENT = PseudoClass.getPseudoClass("urgent");

    @FXML private FontIcon icon;
    @FXML private Label headline;
    @FXML private Label detail;

    private final HBox node;

    /**
     * @param id the node's id, for tests and style
     */
    public BannerView(
            String id, ReadOnlyObjectProperty<Optional<BannerModel.Banner>> banner, Speech speech) {
        node = Markup.load(HBox.class, "banner", this, speech);
        node.setId(id);
        banner.addListener((property, before, now) -> show(now));
        show(banner.get());
    }

    public HBox node() {
        return node;
    }

    private void show(Optional<BannerModel.Banner> banner) {
        node.setVisible(banner.isPresent());
        node.setManaged(banner.isPresent());
        banner.ifPresent(shown -> {
            node.pseudoClassStateChanged(URGENT, shown.urgent());
            icon.setIconLiteral(shown.urgent() ? "fth-wifi-off" : "fth-info");
            headline.setText(shown.headline());
            detail.setText(shown.detail());
            node.setAccessibleText(shown.headline() + ". " + shown.detail());
        });
    }
}
