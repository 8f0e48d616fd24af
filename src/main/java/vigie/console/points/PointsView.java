package vigie.console.points;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;

import vigie.console.markup.Markup;
import vigie.console.words.Speech;
import vigie.plan.ElementId;

import java.util.function.Consumer;

/** The list of all points. A click or Enter on one that is on the plan goes there. */
public final class PointsView {
    @FXML private TextField search;
    @FXML private Label count;
    @FXML private Label empty;
    @FXML private ListView<PointRow> list;

    private final VBox node;
    private final Consumer<ElementId> goTo;

    /**
     * @param goTo is told the sensor to go to
     */
    public PointsView(PointsModel model, Speech speech, Consumer<ElementId> goTo) {
        this.goTo = goTo;
        node = Markup.load(VBox.class, "points", this, speech);
        search.textProperty().bindBidirectional(model.filterProperty());
        count.textProperty().bind(model.countProperty());
        empty.textProperty().bind(model.emptyTextProperty());
        list.setCellFactory(view -> new PointCell(model, speech));
        list.setItems(model.shown());
    }

    public VBox node() {
        return node;
    }

    /** Gives the keyboard to the search box. */
    public void search() {
        search.requestFocus();
        search.selectAll();
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
        }
    }

    @FXML
    private void go() {
        PointRow row = list.getSelectionModel().getSelectedItem();
        if (row != null) {
            row.place().ifPresent(place -> goTo.accept(place.sensor()));
        }
    }
}
