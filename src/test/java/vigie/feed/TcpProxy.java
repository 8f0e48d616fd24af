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
    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile HostPort target;
    private volatile boolean stalled;
    private volatile long cutAfter = Long.MAX_VALUE;

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
            Thread.ofVirtual().start(() -> copy(client, server, Long.MAX_VALUE));
            copy(server, client, cutAfter);
        } catch (IOException refused) {
            close(client);
        }
    }

    private void copy(Socket from, Socket to, long limit) {
        byte[] buffer = new byte[8192];
        long left = limit;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int got; left > 0 && (got = in.read(buffer)) > 0; left -= got) {
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
