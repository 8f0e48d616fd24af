package vigie.console.banner;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

import org.kordamp.ikonli.javafx.FontIcon;

import vigie.console.markup.Markup;
import vigie.console.words.Speech;

import java.util.Locale;
import java.util.Optional;

/** One banner above the picture; takes no place while there is nothing to say. */
public final class BannerView {
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
            for (BannerModel.Kind kind : BannerModel.Kind.values()) {
                node.pseudoClassStateChanged(
                        PseudoClass.getPseudoClass(kind.name().toLowerCase(Locale.ROOT)),
                        kind == shown.kind());
            }
            icon.setIconLiteral(icon(shown.kind()));
            headline.setText(shown.headline());
            boolean more = !shown.detail().isEmpty();
            detail.setText(shown.detail());
            detail.setVisible(more);
            detail.setManaged(more);
            node.setAccessibleText(shown.headline() + (more ? ". " + shown.detail() : ""));
        });
    }

    private static String icon(BannerModel.Kind kind) {
        return switch (kind) {
            case LOST -> "fth-wifi-off";
            case NOTE -> "fth-info";
            case SILENT -> "fth-mic-off";
            case MIGRATING -> "fth-tool";
            case STOPPED -> "fth-power";
            case POLL -> "fth-clock";
        };
    }
}
