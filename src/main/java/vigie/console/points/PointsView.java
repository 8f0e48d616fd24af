package vigie.console.points;

import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.VBox;

import vigie.console.markup.Markup;
import vigie.console.words.Speech;
import vigie.plan.ElementId;
import vigie.point.PointId;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The list of all points. A click or Enter on one that is on the plan goes there; {@code H}, or the
 * menu of the right button, shows a point's history.
 */
public final class PointsView {
    @FXML private TextField search;
    @FXML private Label count;
    @FXML private Label empty;
    @FXML private ListView<PointRow> list;

    private final VBox node;
    private final Consumer<ElementId> goTo;
    private final Optional<Consumer<PointId>> showPast;

    /**
     * @param goTo is told the sensor to go to
     * @param showPast is told the point whose history is wanted; empty: there is no past to show
     */
    public PointsView(
            PointsModel model,
            Speech speech,
            Consumer<ElementId> goTo,
            Optional<Consumer<PointId>> showPast) {
        this.goTo = goTo;
        this.showPast = showPast;
        node = Markup.load(VBox.class, "points", this, speech);
        search.textProperty().bindBidirectional(model.filterProperty());
        count.textProperty().bind(model.countProperty());
        empty.textProperty().bind(model.emptyTextProperty());
        list.setCellFactory(view -> new PointCell(model, speech));
        list.setItems(model.shown());
        if (showPast.isPresent()) {
            MenuItem history = new MenuItem();
            history.textProperty().bind(Bindings.valueAt(speech.labels(), "chart.open-tip"));
            history.setOnAction(_ -> history());
            list.setContextMenu(new ContextMenu(history));
        }
    }

    public VBox node() {
        return node;
    }

    /** Gives the keyboard to the search box. */
    public void search() {
        search.requestFocus();
        search.selectAll();
    }

    /** The same in the middle of typing: what is there already stays. */
    public void goOnSearching() {
        search.requestFocus();
        search.end();
    }

    @FXML
    private void searchKey(KeyEvent key) {
        if (key.getCode() == KeyCode.ESCAPE && !search.getText().isEmpty()) {
            search.clear();
            key.consume();
        } else if (key.getCode() == KeyCode.DOWN && !list.getItems().isEmpty()) {
            list.requestFocus();
            list.getSelectionModel().selectFirst();
            key.consume();
        } else if (key.getCode() == KeyCode.ENTER && !list.getItems().isEmpty()) {
            list.getSelectionModel().selectFirst();
            go();
            key.consume();
        }
    }

    @FXML
    private void listKey(KeyEvent key) {
        if (key.getCode() == KeyCode.ENTER || key.getCode() == KeyCode.SPACE) {
            go();
            key.consume();
        } else if (key.getCode() == KeyCode.H && !key.isShortcutDown()) {
            history();
            key.consume();
        }
    }

    @FXML
    private void click(MouseEvent click) {
        // The right button asks for the menu.
        if (click.getButton() == MouseButton.PRIMARY) {
            if (click.getClickCount() == 2) {
                history();
            } else {
                go();
            }
        }
    }

    private void history() {
        PointRow row = list.getSelectionModel().getSelectedItem();
        if (row != null) {
            showPast.ifPresent(shows -> shows.accept(new PointId(row.name())));
        }
    }

    private void go() {
        PointRow row = list.getSelectionModel().getSelectedItem();
        if (row != null) {
            row.place().ifPresent(place -> goTo.accept(place.sensor()));
        }
    }
}
