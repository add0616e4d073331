// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The same in Java: blocking calls, handlers, constants. */
class JavaTest extends CleanTest {
    @Test
    void fromATokenToAMeeting() throws InterruptedException {
        try (Service service = new Service()) {
            service.configure();
            MeetingOptions options = new MeetingOptions();
            try (Room room = Vsdk.createRoomBlocking()) {
                options.setMeetingId(room.getId());
            }
            options.setName("Ann");
            options.setMicEnabled(true);
            options.setMode(Mode.RECV_ONLY);

            BlockingQueue<Event> events = new ArrayBlockingQueue<>(8);
            try (Meeting meeting = Vsdk.initMeeting(options)) {
                try (MeetingSnapshot snapshot = meeting.snapshot()) {
                    assertEquals("Ann", snapshot.getName());
                    assertEquals(Mode.RECV_ONLY, snapshot.getMode());
                }
                meeting.setEventHandler(events::add);
                Event event = events.poll(60, TimeUnit.SECONDS);
                assertEquals(EventType.STATE_CHANGED, event.getType());
                meeting.leaveBlocking();
            }
        }
    }

    @Test
    void operationsWithHandlers() throws InterruptedException {
        try (Service service = new Service()) {
            service.configure();
            BlockingQueue<String> told = new ArrayBlockingQueue<>(1);
            RoomOptions options = new RoomOptions();
            options.setCustomRoomId("lesson");
            try (Op<Room> op = Vsdk.createRoomAsync(options, Vsdk.TIMEOUT_DEFAULT, (room, error) -> {
                told.add(error == null ? room.getCustomId() : error.toString());
                if (room != null) room.close();
            })) {
                assertEquals("lesson", told.poll(60, TimeUnit.SECONDS));
                assertTrue(op.waitBlocking());
            }
        }
    }

    @Test
    void failures() {
        VsdkTokenException failure =
            assertThrows(VsdkTokenException.class, () -> Vsdk.config("nothing"));
        assertEquals(Status.TOKEN_MALFORMED, failure.getStatus());
        assertTrue(failure.getRemedy().length() > 10);
    }
}
