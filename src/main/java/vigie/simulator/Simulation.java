package vigie.simulator;

import org.jspecify.annotations.Nullable;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Room and devices in time: two clocks, one for the physics (simulated, may run faster) and one for
 * what the rows say (wall time). Moves on a fixed grid of ticks, so the outcome depends on seed,
 * start and incidents alone, not on how the caller cuts time. Not thread-safe; knows no clock.
 */
final class Simulation {
    private final long seed;
    private final ZoneId zone;
    private final List<Incident> incidents = new ArrayList<>();
    private final StateMachine states = new StateMachine();
    private final Devices devices;
    private final ServerRoom room;
    private double wall;
    private double pace = 1;
    private double slowness = 1;
    private double tick = 0.25;

    /**
     * A simulation whose wall clock and simulated clock stand at {@code wall}; the room has run for
     * some hours before, so that it is in balance.
     */
    Simulation(long seed, ZoneId zone, double wall) {
        this.seed = seed;
        this.zone = zone;
        this.wall = wall;
        this.devices = Devices.ofReferenceRoom(seed);
        this.room = warmedUp(wall);
    }

    private ServerRoom warmedUp(double time) {
        ServerRoom warm = new ServerRoom(seed, zone, time - WARM_UP);
        while (warm.time() < time) {
            warm.step(Math.min(ServerRoom.LONGEST_STEP, time - warm.time()), List.of());
        }
        return warm;
    }

    private static final double WARM_UP = 5 * 3600;

    Map<String, EntityAttributes> attributes() {
        return devices.attributes();
    }

    ServerRoom room() {
        return room;
    }

    /** Wall time reached, seconds since the epoch. */
    double wall() {
        return wall;
    }

    /** Simulated seconds per wall second. */
    void pace(double pace) {
        this.pace = pace;
    }

    /** How much longer than usual devices wait between two readings. */
    void slowness(double slowness) {
        this.slowness = slowness;
    }

    /** The grid: devices are asked at most once per tick, in wall seconds. */
    void tick(double tick) {
        this.tick = tick;
    }

    void add(Collection<? extends Incident> more) {
        incidents.addAll(more);
    }

    /**
     * The wall clock jumped: go on at {@code wall} without living through the time between. The
     * room keeps its state.
     */
    void jump(double wall) {
        double shift = wall - this.wall;
        this.wall = wall;
        for (Device device : devices.all()) {
            if (!Double.isNaN(device.due())) {
                device.startAt(device.due() + shift, 0);
            }
        }
    }

    /**
     * Home Assistant starts: every entity appears. Templates are {@code unknown} at first, their
     * value follows 0.2 s later.
     */
    void start(Consumer<StateChange> changes) {
        states.clear();
        double at = wall;
        for (Device device : devices.all()) {
            at += 0.0004;
            device.startAt(wall + 0.4, 5 * slowness);
            device.forget();
            @Nullable String text = device.read(room, wall);
            if (device.template()) {
                states.set(device.entityId(), "unknown", device.attributes(), at, changes);
                at = Math.max(at, wall + 0.2);
            }
            if (text != null) {
                states.set(device.entityId(), text, device.attributes(), at, changes);
            }
        }
    }

    /** Moves on to {@code to} (whole ticks of it) and hands out what changed, in order of time. */
    void advance(double to, Consumer<StateChange> changes) {
        List<Device> due = new ArrayList<>();
        while (wall + tick <= to) {
            double end = wall + tick;
            physics(tick * pace);
            due.clear();
            for (Device device : devices.all()) {
                if (device.due() < end) {
                    due.add(device);
                }
            }
            due.sort(Comparator.comparingDouble(Device::due));
            for (Device device : due) {
                turn(device, Math.max(wall, micros(device.due())), changes);
            }
            wall = end;
        }
    }

    /** Home Assistant's times have microseconds. */
    private static double micros(double seconds) {
        return Math.rint(seconds * 1e6) / 1e6;
    }

    private void physics(double seconds) {
        double left = seconds;
        while (left > 1e-9) {
            double step = Math.min(left, ServerRoom.LONGEST_STEP);
            room.step(step, incidents);
            left -= step;
        }
    }

    private void turn(Device device, double at, Consumer<StateChange> changes) {
        device.next(at, slowness, tick);
        Incident.@Nullable Trouble trouble = troubleOf(device.entityId());
        String id = device.entityId();
        if (trouble == null) {
            @Nullable String text = device.read(room, at);
            if (text != null) {
                states.set(id, text, device.attributes(), at, changes);
            }
            return;
        }
        device.forget();
        switch (trouble) {
            case UNAVAILABLE -> states.set(id, "unavailable", device.attributes(), at, changes);
            case UNKNOWN -> states.set(id, "unknown", device.attributes(), at, changes);
            case REMOVED -> states.remove(id, at, changes);
            case SILENT -> {}
            case FROZEN -> states.repeat(id, at);
        }
    }

    private Incident.@Nullable Trouble troubleOf(String entityId) {
        for (Incident incident : incidents) {
            if (incident instanceof Incident.SensorTrouble some
                    && some.entityId().equals(entityId)
                    && some.at(room.time())) {
                return some.trouble();
            }
        }
        return null;
    }
}
