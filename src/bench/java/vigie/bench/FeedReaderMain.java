package vigie.bench;

import com.sun.management.GarbageCollectionNotificationInfo;

import org.jspecify.annotations.Nullable;

import vigie.feed.FeedStatus;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.timeline.LiveTimeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The process behind {@link FeedReader}: answers each line of its input by one of its output. */
final class FeedReaderMain {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Room for groups that were written before noting began and come after. */
    private static final int LATE = 1_000;

    private final FeedReader.Kind kind;
    private final DatabaseAddress address;
    private final AtomicLong peak = new AtomicLong();
    private volatile FeedStamps stamps = new FeedStamps(0);
    private @Nullable AutoCloseable following;

    private FeedReaderMain(FeedReader.Kind kind, DatabaseAddress address) {
        this.kind = kind;
        this.address = address;
    }

    public static void main(String[] words) throws Exception {
        PrintStream answers = System.out;
        // Whatever logs to standard output must not answer.
        System.setOut(System.err);
        BufferedReader questions =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String kind = questions.readLine();
        String url = questions.readLine();
        if (kind == null || url == null) {
            return;
        }
        FeedReaderMain reader =
                new FeedReaderMain(FeedReader.Kind.valueOf(kind), DatabaseAddress.parse(url));
        reader.watchCollections();
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String answer;
            try {
                answer = reader.answer(line.split(" ", -1));
            } catch (Fault fault) {
                answer = "!" + fault.getMessage();
            } catch (IOException | RuntimeException failed) {
                failed.printStackTrace();
                answer = "!" + failed;
            }
            answers.println(answer.replace('\n', ' '));
            answers.flush();
        }
        AutoCloseable open = reader.following;
        if (open != null) {
            open.close();
        }
        // The library may still hold a thread.
        System.exit(0);
    }

    private String answer(String[] question) throws Fault, IOException, InterruptedException {
        return switch (question[0]) {
            case "read" -> read(question[1]);
            case "follow" -> {
                follow();
                yield "following";
            }
            case "cpu" -> Long.toString(cpuNanos());
            case "heap" -> Long.toString(heap());
            case "peak" -> Long.toString(peak.getAndSet(0));
            case "note" -> {
                stamps = new FeedStamps(Integer.parseInt(question[1]) + LATE);
                yield "noting";
            }
            case "noted" -> {
                FeedStamps noted = stamps;
                long last = Long.parseLong(question[1]);
                await(() -> noted.newest() >= last, "group " + last);
                noted.write(Path.of(question[2]));
                yield "noted";
            }
            default -> throw new IllegalArgumentException(question[0]);
        };
    }

    private String read(String position) throws Fault, IOException, InterruptedException {
        long cpu = cpuNanos();
        FeedReader.Result result =
                switch (kind) {
                    case OURS -> OurReading.read(address, position);
                    case BARE -> BareLibrary.read(address, position);
                };
        return result.groups()
                + " "
                + result.rows()
                + " "
                + result.nanos()
                + " "
                + (cpuNanos() - cpu);
    }

    private void follow() throws Fault, IOException, InterruptedException {
        switch (kind) {
            case OURS -> {
                LiveTimeline timeline = LiveTimeline.start(address, Clock.systemUTC());
                following = timeline;
                timeline.onChange(() -> {
                    long now = System.nanoTime();
                    stamps.add(now, sequence(timeline.moment().state().position()));
                });
                await(() -> timeline.moment().feed().phase() == FeedStatus.Phase.LIVE, "live");
            }
            case BARE ->
                    following =
                            BareLibrary.follow(
                                    address, sequence -> stamps.add(System.nanoTime(), sequence));
        }
    }

    /** The number of the newest group in a position of one domain, {@code 0-1-4711}. */
    static long sequence(String position) {
        return position.isEmpty()
                ? 0
                : Long.parseLong(position, position.lastIndexOf('-') + 1, position.length(), 10);
    }

    private static void await(BooleanSupplier reached, String what) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("never came: " + what);
            }
            Thread.sleep(2);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Between two collections a heap holds garbage; what one leaves is what was needed. */
    private void watchCollections() {
        Set<String> heapPools =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getName)
                        .collect(Collectors.toSet());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, _) -> {
                                Map<String, MemoryUsage> after =
                                        GarbageCollectionNotificationInfo.from(
                                                        (CompositeData) notification.getUserData())
                                                .getGcInfo()
                                                .getMemoryUsageAfterGc();
                                long used = 0;
                                for (Map.Entry<String, MemoryUsage> pool : after.entrySet()) {
                                    if (heapPools.contains(pool.getKey())) {
                                        used += pool.getValue().getUsed();
                                    }
                                }
                                peak.accumulateAndGet(used, Math::max);
                            },
                            null,
                            null);
        }
    }
}
