package vigie.console.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.application.Platform;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import vigie.console.FakeRoom;
import vigie.picture.PictureMaker;
import vigie.room.Bindings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

@ExtendWith(ApplicationExtension.class)
class FxBridgeTest {
    private final FakeRoom room = new FakeRoom().normal();
    private final List<Frame> frames = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean always = true;

    @Start
    void toolkit(Stage stage) {
        stage.show();
    }

    @Test
    void many_changes_become_few_frames_and_the_last_one_shows_the_newest()
            throws TimeoutException {
        try (FxBridge bridge = bridge()) {
            bridge.follow(room.timeline());
            for (int i = 0; i < 5_000; i++) {
                room.with("sensor.ups_load", String.valueOf(i), "%");
            }
            until("4999");
            assertThat(frames).hasSizeLessThan(500);
            assertThat(always).as("shown on the JavaFX thread").isTrue();
        }
    }

    @Test
    void a_single_change_is_shown_without_another_one_after_it() throws TimeoutException {
        try (FxBridge bridge = bridge()) {
            bridge.follow(room.timeline());
            until("42");
            for (int i = 0; i < 20; i++) {
                room.with("sensor.ups_load", "7" + i, "%");
                until("7" + i);
            }
        }
    }

    @Test
    void another_timeline_takes_the_place_of_the_first() throws TimeoutException {
        FakeRoom other = new FakeRoom().normal().with("sensor.ups_load", "99", "%");
        try (FxBridge bridge = bridge()) {
            bridge.follow(room.timeline());
            until("42");
            bridge.follow(other.timeline());
            until("99");
            room.with("sensor.ups_load", "1", "%");
            other.with("sensor.ups_load", "98", "%");
            until("98");
            assertThat(frames).noneMatch(frame -> load(frame).equals("1"));
        }
    }

    private FxBridge bridge() {
        return new FxBridge(
                new PictureMaker(room.plan(), Bindings.NONE),
                frame -> {
                    always &= Platform.isFxApplicationThread();
                    frames.add(frame);
                });
    }

    private void until(String load) throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                10,
                TimeUnit.SECONDS,
                () -> !frames.isEmpty() && load(frames.getLast()).equals(load));
    }

    private static String load(Frame frame) {
        return frame.moment().state().points().stream()
                .filter(point -> point.id().name().equals("sensor.ups_load"))
                .map(point -> String.valueOf(point.newest().orElseThrow().text()))
                .findFirst()
                .orElse("");
    }

    @Test
    void the_second_comes_also_where_nothing_is_followed() throws TimeoutException {
        AtomicInteger seconds = new AtomicInteger();
        try (FxBridge bridge = bridge()) {
            bridge.everySecond(() -> {
                always &= Platform.isFxApplicationThread();
                seconds.incrementAndGet();
            });
            WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> seconds.get() >= 2);
        }
        assertThat(always).as("on the JavaFX thread").isTrue();
        assertThat(frames).isEmpty();
    }
}
