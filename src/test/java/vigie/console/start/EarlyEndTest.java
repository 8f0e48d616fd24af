package vigie.console.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

class EarlyEndTest {
    @Test
    void a_hook_that_waits_for_nothing_is_let_go() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        Thread hook =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException letGo) {
                                ended.set(true);
                                throw new InternalError(letGo);
                            }
                        });
        EarlyEnd.end(hook);
        hook.join(60_000);
        assertThat(ended).isTrue();
    }

    @Test
    void a_hook_that_ends_by_itself_is_left_alone() throws Exception {
        AtomicBoolean hurried = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        Thread hook =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                done.await();
                            } catch (InterruptedException letGo) {
                                hurried.set(true);
                            }
                        });
        done.countDown();
        EarlyEnd.end(hook);
        hook.join(60_000);
        assertThat(hurried).isFalse();
    }

    @Test
    void a_process_that_goes_on_is_not_under_way_to_its_end() {
        assertThat(EarlyEnd.isUnderWay()).isFalse();
        Thread hook = EarlyEnd.expect();
        EarlyEnd.forget(hook);
        assertThat(Runtime.getRuntime().removeShutdownHook(hook)).isFalse();
    }
}
