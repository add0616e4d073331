import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayDeque;
import java.util.Arrays;
import vsdk.ConfigOptions;
import vsdk.Op;
import vsdk.Room;
import vsdk.RoomOptions;
import vsdk.Vsdk;

/**
 * Creates rooms with the library from the JVM, asynchronously or, with the argument `blocking` and
 * one call at a time, in the blocking form; benches/create_room/worker.rs says what a worker is asked
 * and answers.
 */
class WithVsdk {
    private record Started(long nanos, Op<Room> op) {}

    private static final RoomOptions OPTIONS = new RoomOptions();

    public static void main(String[] arguments) throws Exception {
        boolean isBlocking = Arrays.equals(arguments, new String[] {"blocking"});
        ConfigOptions config = new ConfigOptions();
        config.setToken(System.getenv("VIDEOSDK_TOKEN"));
        config.setApiBaseUrl(System.getenv("VIDEOSDK_API_ENDPOINT"));
        Vsdk.configWith(config);
        OPTIONS.setCustomRoomId("benchmark");

        System.out.println("ready");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            String[] numbers = line.split(" ");
            int inFlight = Integer.parseInt(numbers[0]);
            int calls = Integer.parseInt(numbers[1]);
            long start = System.nanoTime();
            double used = processorMicros();
            long[] latencies = isBlocking && inFlight == 1 ? blocking(calls) : several(inFlight, calls);
            used = processorMicros() - used;
            double took = (System.nanoTime() - start) / 1e3;
            Arrays.sort(latencies);
            System.out.println(took / calls + " " + used / calls + " " + latencies[calls / 2] / 1e3);
        }
    }

    private static long[] blocking(int calls) {
        long[] latencies = new long[calls];
        for (int number = 0; number < calls; number++) {
            long start = System.nanoTime();
            Room room = Vsdk.createRoomBlocking(OPTIONS);
            latencies[number] = System.nanoTime() - start;
            close(room);
        }
        return latencies;
    }

    private static long[] several(int inFlight, int calls) {
        long[] latencies = new long[calls];
        ArrayDeque<Started> running = new ArrayDeque<>(inFlight);
        for (int number = 0; number < calls + inFlight; number++) {
            if (number >= inFlight && !running.isEmpty()) {
                Started oldest = running.remove();
                Room room = oldest.op.getBlocking();
                latencies[number - inFlight] = System.nanoTime() - oldest.nanos;
                close(room);
                oldest.op.close();
            }
            if (number < calls) {
                running.add(new Started(System.nanoTime(), Vsdk.createRoomAsync(OPTIONS)));
            }
        }
        return latencies;
    }

    private static void close(Room room) {
        if (room.getId().isEmpty()) throw new IllegalStateException("a room without an id");
        room.close();
    }

    /** Of the whole process: threads of the virtual machine included. */
    private static double processorMicros() {
        long[] usage = new long[32];
        if (C.INSTANCE.getrusage(0, usage) != 0) throw new IllegalStateException("getrusage");
        return (usage[0] + usage[2]) * 1e6 + usage[1] + usage[3];
    }

    /** What the Java library tells only in hundredths of a second. */
    public interface C extends Library {
        C INSTANCE = Native.load("c", C.class);

        /** `struct rusage` begins with the seconds and microseconds of user and of system time. */
        int getrusage(int who, long[] usage);
    }
}
