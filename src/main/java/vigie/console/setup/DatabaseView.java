package vigie.console.setup;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import org.kordamp.ikonli.javafx.FontIcon;

import vigie.console.markup.FieldMenu;
import vigie.console.markup.Markup;
import vigie.console.setup.DatabaseModel.Check;
import vigie.console.words.Speech;
import vigie.feed.Finding.Grade;
import vigie.setup.DatabaseFields;
import vigie.store.Tls;
import vigie.text.Sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The page of the database. */
final class DatabaseView {
    private static final int COLUMNS = 78;
    private static final int MOST_ROWS = 6;

    @FXML private AddressField host;
    @FXML private TextField port;
    @FXML private TextField schema;
    @FXML private TextField user;
    @FXML private PasswordField password;
    @FXML private ChoiceBox<Tls> tls;
    @FXML private Label hostLabel;
    @FXML private Label portLabel;
    @FXML private Label schemaLabel;
    @FXML private Label userLabel;
    @FXML private Label passwordLabel;
    @FXML private Label tlsLabel;
    @FXML private FontIcon sign;
    @FXML private Label verdict;
    @FXML private Button again;
    @FXML private ScrollPane scroll;
    @FXML private VBox lines;
    @FXML private CheckBox anyway;

    private final HBox node;
    private final DatabaseModel model;
    private final Speech speech;

    DatabaseView(DatabaseModel model, Speech speech) {
        this.model = model;
        this.speech = speech;
        node = Markup.load(HBox.class, "setup-database", this, speech);
        hostLabel.setLabelFor(host);
        portLabel.setLabelFor(port);
        schemaLabel.setLabelFor(schema);
        userLabel.setLabelFor(user);
        passwordLabel.setLabelFor(password);
        tlsLabel.setLabelFor(tls);
        host.setOnAddress(model::paste);
        // Whoever still types goes on at the end.
        model.setOnSpread(host::end);
        host.textProperty().bindBidirectional(model.hostProperty());
        host.focusedProperty()
                .addListener((property, before, focused) -> {
                    if (!focused) {
                        model.spread();
                    }
                });
        port.textProperty().bindBidirectional(model.portProperty());
        schema.textProperty().bindBidirectional(model.schemaProperty());
        user.textProperty().bindBidirectional(model.userProperty());
        password.textProperty().bindBidirectional(model.passwordProperty());
        anyway.selectedProperty().bindBidirectional(model.anywayProperty());
        guards();
        model.checkProperty().addListener((property, before, now) -> show(now));
        speech.wordsProperty()
                .addListener((property, before, now) -> {
                    nameGuards();
                    show(model.checkProperty().get());
                });
        show(model.checkProperty().get());
    }

    Node node() {
        return node;
    }

    void focus() {
        TextField first = host.getText().isBlank() || !user.getText().isBlank() ? host : user;
        first.requestFocus();
        // A field that gets the keyboard selects its text: the next key would replace it.
        first.end();
    }

    private void guards() {
        nameGuards();
        offer(model.tlsProperty().get());
        tls.setValue(model.tlsProperty().get());
        tls.valueProperty()
                .addListener((property, before, now) -> {
                    if (now != null) {
                        model.tlsProperty().set(now);
                    }
                });
        model.tlsProperty()
                .addListener((property, before, now) -> {
                    offer(now);
                    tls.setValue(now);
                });
    }

    /** A fingerprint cannot be typed here, only pasted. */
    private void offer(Tls guard) {
        List<Tls> offered =
                new ArrayList<>(List.of(new Tls.Off(), new Tls.Require(), new Tls.Verify()));
        if (!offered.contains(guard)) {
            offered.add(guard);
        }
        if (!tls.getItems().equals(offered)) {
            tls.getItems().setAll(offered);
        }
    }

    private void nameGuards() {
        tls.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(Tls guard) {
                        return guard == null ? "" : name(guard);
                    }

                    @Override
                    public Tls fromString(String text) {
                        throw new UnsupportedOperationException("chosen, not typed");
                    }
                });
    }

    private String name(Tls guard) {
        return speech.words()
                .say(
                        switch (guard) {
                            case Tls.Off() -> "setup.db.tls-off";
                            case Tls.Require() -> "setup.db.tls-require";
                            case Tls.Verify() -> "setup.db.tls-verify";
                            case Tls.Fingerprint(var _) -> "setup.db.tls-fingerprint";
                        });
    }

    private void show(Check check) {
        lines.getChildren().clear();
        again.setDisable(check instanceof Check.Waiting);
        boolean blocked = false;
        switch (check) {
            case Check.Waiting() -> head("fth-minus", Sentence.of("setup.check.waiting"));
            case Check.Looking(String where) ->
                    head("fth-search", Sentence.of("setup.check.looking", where));
            case Check.Wrong(Sentence why) -> {
                head("fth-edit-2", Sentence.of("setup.check.wrong"));
                lines.getChildren().add(text(speech.words().say(why)));
            }
            case Check.Found(var diagnosis) -> {
                FindingLines found = FindingLines.of(diagnosis, speech.words());
                blocked = diagnosis.grade() == Grade.BLOCKED;
                head(found, diagnosis.grade());
                found.lines().forEach(line -> lines.getChildren().add(line(line)));
                found.recipes().forEach(recipe -> lines.getChildren().add(recipe(recipe)));
            }
        }
        anyway.setVisible(blocked || anyway.isSelected());
        anyway.setManaged(blocked || anyway.isSelected());
        scroll.setVvalue(0);
    }

    private void head(FindingLines found, Grade grade) {
        switch (grade) {
            case OK, UNCHECKED -> head("fth-check", Sentence.of("setup.check.ok", found.well()));
            case WARNING ->
                    head(
                            "fth-alert-triangle",
                            Sentence.of("setup.check.warning", found.lines().size(), found.well()));
            case BLOCKED ->
                    head(
                            "fth-x-octagon",
                            Sentence.of(
                                    "setup.check.blocked",
                                    found.lines().stream()
                                            .filter(line -> line.grade() == Grade.BLOCKED)
                                            .count()));
        }
    }

    private void head(String icon, Sentence sentence) {
        sign.setIconLiteral(icon);
        verdict.setText(speech.words().say(sentence));
    }

    private Node line(FindingLines.Line line) {
        Label word = new Label(line.word());
        word.getStyleClass().addAll("weight-strong", "size-body");
        Label label = new Label(line.label());
        label.getStyleClass().addAll("muted", "size-body");
        String icon = line.grade() == Grade.BLOCKED ? "fth-x-octagon" : "fth-alert-triangle";
        HBox head = new HBox(new FontIcon(icon), word, label);
        head.getStyleClass().add("setup-line-head");
        VBox box = new VBox(head, text(line.what()));
        box.getStyleClass().add("setup-line");
        if (!line.remedy().isEmpty()) {
            Label remedy = text("→ " + line.remedy());
            remedy.getStyleClass().add("setup-remedy");
            box.getChildren().add(remedy);
        }
        if (!line.statements().isEmpty()) {
            box.getChildren().add(statements(line.label(), line.statements()));
        }
        return box;
    }

    private Node recipe(FindingLines.Recipe recipe) {
        VBox box = new VBox(text(recipe.title()), statements(recipe.title(), recipe.statements()));
        box.getStyleClass().add("setup-line");
        return box;
    }

    private Node statements(String of, List<String> statements) {
        String sql = String.join("\n", statements);
        TextArea area = new TextArea(sql);
        FieldMenu.on(area, speech);
        area.setEditable(false);
        area.setWrapText(true);
        area.setFocusTraversable(false);
        area.setPrefRowCount(
                Math.clamp(
                        sql.lines().mapToInt(line -> 1 + line.length() / COLUMNS).sum(),
                        1,
                        MOST_ROWS));
        Button copy = new Button(speech.words().say("setup.check.copy"));
        copy.setMinWidth(Button.USE_PREF_SIZE);
        copy.getStyleClass().add("setup-copy");
        copy.setAccessibleText(speech.words().say("setup.check.copy-of", of));
        copy.setOnAction(_ -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(sql);
            if (Clipboard.getSystemClipboard().setContent(content)) {
                copy.setText(speech.words().say("setup.check.copied"));
            }
        });
        HBox.setHgrow(area, Priority.ALWAYS);
        HBox row = new HBox(area, copy);
        row.getStyleClass().add("setup-statements");
        return row;
    }

    private static Label text(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add("size-body");
        label.setMinHeight(Label.USE_PREF_SIZE);
        return label;
    }

    @FXML
    private void paste() {
        String held = Optional.ofNullable(Clipboard.getSystemClipboard().getString()).orElse("");
        if (DatabaseFields.isAddress(held)) {
            model.paste(held);
        } else {
            head("fth-clipboard", Sentence.of("setup.db.paste-none"));
        }
    }

    @FXML
    private void again() {
        model.again();
    }
}
