package dev.latchkey.localstack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** At most one stack for each state directory. The operating system gives the lock back however the holder ends. */
final class StackLock implements AutoCloseable {

    private final FileChannel channel;

    private StackLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock for as long as this JVM lives or until it is closed.
     *
     * @throws StartFailure when another stack holds the lock
     */
    static StackLock acquire(Path run) throws IOException {
        Files.createDirectories(run);
        // The holder's number stands in a file of its own: Windows forbids reading a locked file.
        Path holder = run.resolve("stack.pid");
        FileChannel channel =
                FileChannel.open(run.resolve("stack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            String pid = Files.exists(holder) ? Files.readString(holder).strip() : "unknown";
            throw new StartFailure(
                    "A local stack of this checkout is already running (process %s): use it, or end it with Ctrl-C or `kill %s` first."
                            .formatted(pid, pid));
        }
        Files.writeString(holder, Long.toString(ProcessHandle.current().pid()));
        return new StackLock(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very JVM
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
