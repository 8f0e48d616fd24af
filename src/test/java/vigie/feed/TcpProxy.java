package vigie.feed;

import vigie.store.HostPort;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Stands between a client and a server, and can stall or cut what passes. */
public final class TcpProxy implements AutoCloseable {
    private static final int COM_BINLOG_DUMP = 0x12;
    private static final int DUMP_SERVER_ID = 11;
    private static final int DUMP_LENGTH = 15;

    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile HostPort target;
    private volatile boolean stalled;
    private volatile long cutAfter = Long.MAX_VALUE;
    private volatile long dumpingServerId;

    public TcpProxy(HostPort target) throws IOException {
        this.target = target;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    public void target(HostPort next) {
        target = next;
    }

    /** Nothing passes any more, and nobody is told. */
    public void stall() {
        stalled = true;
    }

    public void resume() {
        stalled = false;
    }

    /** Ends every connection. */
    public void cut() {
        for (Socket socket : sockets) {
            close(socket);
        }
    }

    /** The number by which the last client that asked for the log called itself; 0 for none. */
    public long dumpingServerId() {
        return dumpingServerId;
    }

    /** Ends the next connections after so many bytes from the server. */
    public void cutAfter(long bytes) {
        cutAfter = bytes;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                sockets.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try {
            HostPort to = target;
            Socket server = new Socket(to.host(), to.port());
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            sockets.add(server);
            Thread.ofVirtual().start(() -> copy(client, server, Long.MAX_VALUE, true));
            copy(server, client, cutAfter, false);
        } catch (IOException refused) {
            close(client);
        }
    }

    private void copy(Socket from, Socket to, long limit, boolean asks) {
        byte[] buffer = new byte[8192];
        long left = limit;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int got; left > 0 && (got = in.read(buffer)) > 0; left -= got) {
                if (asks && got >= DUMP_LENGTH && buffer[4] == COM_BINLOG_DUMP) {
                    dumpingServerId = LittleEndian.unsigned(buffer, DUMP_SERVER_ID, 4);
                }
                while (stalled && !from.isClosed()) {
                    LockSupport.parkNanos(1_000_000);
                }
                out.write(buffer, 0, (int) Math.min(got, left));
                out.flush();
            }
        } catch (IOException ended) {
            // Either side left; the other follows.
        } finally {
            close(from);
            close(to);
        }
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException closing) {
            throw new IllegalStateException(closing);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
