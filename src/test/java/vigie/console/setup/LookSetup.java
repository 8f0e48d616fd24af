package vigie.console.setup;

import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import javafx.stage.StageStyle;

import vigie.console.bridge.FxBridge;
import vigie.console.picture.Png;
import vigie.console.start.Display;
import vigie.console.start.PixelSize;
import vigie.console.start.ToolkitStart;
import vigie.console.words.Speech;
import vigie.feed.Diagnosis;
import vigie.feed.Present;
import vigie.setup.Settings;
import vigie.setup.SettingsFile;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Takes a picture of the assistant, to look at: {@code LookSetup PAGE LANGUAGE WxH FILE [ADDRESS]};
 * the pages are database, plan, empty, language and settings. Not a test.
 */
final class LookSetup {
    private LookSetup() {}

    public static void main(String[] words) throws Exception {
        PixelSize size = PixelSize.parse(words[2]).orElseThrow();
        Optional<DatabaseAddress> address =
                words.length > 4 ? Optional.of(DatabaseAddress.parse(words[4])) : Optional.empty();
        ToolkitStart.start(Display.choose(true), size);
        SetupTools tools =
                new SetupTools(
                        its -> Diagnosis.of(its, its.own(Optional.empty()), Clock.systemUTC()),
                        Present::read,
                        (change, drawn, language) -> {
                            throw new Fault(
                                    Fault.Kind.BLOCKED, Sentence.of("setup.nothing"), "not here");
                        },
                        Path.of("/home/noc/.config/vigie/vigie.yaml"),
                        Later.THREADS,
                        FxBridge::onFx);
        CompletableFuture<SetupModel> opened = new CompletableFuture<>();
        CompletableFuture<Stage> window = new CompletableFuture<>();
        FxBridge.onFx(() -> {
            SetupModel model =
                    new SetupModel(
                            new Speech(Locale.forLanguageTag(words[1])),
                            words[0].equals("settings")
                                    ? SetupModel.Purpose.CHANGE
                                    : SetupModel.Purpose.FIRST,
                            new Settings(
                                    address,
                                    Optional.empty(),
                                    Locale.forLanguageTag(words[1]),
                                    false,
                                    ""),
                            tools,
                            (SettingsFile.Written _) -> {},
                            () -> {});
            SetupView view = new SetupView(model);
            Scene scene = Assistant.scene(view, size.width(), size.height());
            Stage stage = new Stage(StageStyle.UNDECORATED);
            stage.setScene(scene);
            stage.show();
            view.focus();
            opened.complete(model);
            window.complete(stage);
        });
        Thread.sleep(3_000);
        SetupModel model = opened.get();
        FxBridge.onFx(() -> {
            switch (words[0]) {
                case "database", "settings" -> {}
                case "plan" -> model.open(SetupModel.Step.PLAN);
                case "empty" -> {
                    model.open(SetupModel.Step.PLAN);
                    model.plan().choiceProperty().set(PlanModel.Choice.EMPTY);
                }
                case "language" -> {
                    model.open(SetupModel.Step.PLAN);
                    model.open(SetupModel.Step.LANGUAGE);
                }
                default -> throw new IllegalArgumentException(words[0]);
            }
        });
        Thread.sleep(2_000);
        CompletableFuture<Image> picture = new CompletableFuture<>();
        Stage stage = window.get();
        FxBridge.onFx(() -> picture.complete(stage.getScene().snapshot(null)));
        Png.write(picture.get(), Path.of(words[3]));
        System.exit(0);
    }
}
