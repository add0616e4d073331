// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import kotlin.Unit;
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
    void messagesBetweenTwo() throws InterruptedException {
        try (Service service = new Service()) {
            service.configure();
            MeetingOptions options = new MeetingOptions();
            try (Room room = Vsdk.createRoomBlocking()) {
                options.setMeetingId(room.getId());
            }
            BlockingQueue<String> told = new ArrayBlockingQueue<>(8);
            try (Meeting ann = Vsdk.initMeeting(options); Meeting bob = Vsdk.initMeeting(options)) {
                ann.setEventHandler(event -> {
                    if (event.getType().equals(EventType.MESSAGE)) told.add(new String(event.getPayload(), UTF_8));
                });
                ann.joinBlocking();
                try (Op<Unit> op = bob.joinAsync(60_000, (done, error) -> told.add(error == null ? "joined" : error.toString()))) {
                    assertEquals("joined", told.poll(60, TimeUnit.SECONDS));
                    assertNull(op.outcome());
                }
                ann.subscribeBlocking("CHAT");
                try (MeetingSnapshot snapshot = bob.snapshot()) {
                    assertEquals(2, snapshot.getParticipants().size());
                    assertTrue(snapshot.getParticipants().get(0).isLocal());
                    String other = snapshot.getParticipants().get(1).getId();
                    bob.publishBlocking("CHAT", "hello");
                    bob.publishBlocking("CHAT", "psst", false, Collections.singletonList(other));
                }
                assertEquals("hello", told.poll(60, TimeUnit.SECONDS));
                assertEquals("psst", told.poll(60, TimeUnit.SECONDS));
                ann.endBlocking();
                VsdkException late = assertThrows(VsdkException.class, () -> ann.publishBlocking("CHAT", "late"));
                assertEquals(Status.INVALID_STATE, late.getStatus());
            }
        }
    }

    @Test
    void servicesValuesAndFiles() throws InterruptedException {
        try (Service service = new Service()) {
            service.configure();
            MeetingOptions options = new MeetingOptions();
            try (Room room = Vsdk.createRoomBlocking()) {
                options.setMeetingId(room.getId());
            }
            try (Meeting meeting = Vsdk.initMeeting(options)) {
                meeting.joinBlocking();
                ServiceOptions how = new ServiceOptions();
                how.setLayout(Layout.GRID);
                how.setQuality(ServiceQuality.HIGH);
                meeting.startServiceBlocking(ServiceKind.RECORDING, how);
                meeting.stopServiceBlocking(ServiceKind.RECORDING);
                VsdkException idle =
                    assertThrows(VsdkException.class, () -> meeting.stopServiceBlocking(ServiceKind.RECORDING));
                assertEquals(4012, idle.getServiceCode());

                meeting.storeSetBlocking("key", "value");
                assertEquals("value", meeting.storeGetBlocking("key"));
                BlockingQueue<String> told = new ArrayBlockingQueue<>(1);
                try (Op<String> op = meeting.storeGetAsync("none", Vsdk.TIMEOUT_DEFAULT, (value, error) -> told.add(value + " " + error))) {
                    assertEquals("null null", told.poll(60, TimeUnit.SECONDS));
                    assertTrue(op.waitBlocking());
                }
                String url = meeting.uploadFileBlocking("file", new byte[] {0, 1, -1});
                assertArrayEquals(new byte[] {0, 1, -1}, meeting.fetchFileBlocking(url));
            }
        }
    }

    @Test
    void mediaBeforeJoining() {
        try (Service service = new Service()) {
            service.configure();
            MeetingOptions options = new MeetingOptions();
            options.setMeetingId("room");
            try (Meeting meeting = Vsdk.initMeeting(options); LocalTrack track = meeting.addTrack(TrackKind.AUDIO)) {
                meeting.setFrameTransform((info, data) -> info.isSent() ? data : null);
                try (MediaStatistics statistics = meeting.mediaStatistics()) {
                    assertNull(statistics.transport(TransportDirection.SEND));
                    TrackStatistics sound = statistics.getTracks().get(0);
                    assertEquals(track.getId(), sound.getTrackId());
                    assertNull(sound.getStreams().get(0).getRoundTripMs());
                }
                VsdkException early =
                    assertThrows(VsdkException.class, () -> meeting.pauseAllTracksBlocking());
                assertEquals(Status.INVALID_STATE, early.getStatus());
                assertThrows(VsdkException.class, () -> meeting.subscribeTracksBlocking("bob", MediaKind.AUDIO));
                meeting.setFrameTransform(null);
            }
        }
    }

    @Test
    void rawSoundBeforeJoining() {
        try (Service service = new Service()) {
            service.configure();
            MeetingOptions options = new MeetingOptions();
            options.setMeetingId("room");
            ByteBuffer bytes = ByteBuffer.allocateDirect(960).order(ByteOrder.nativeOrder());
            try (Meeting meeting = Vsdk.initMeeting(options); LocalTrack track = meeting.addTrack(TrackKind.AUDIO);
                AudioInput input = track.audioInput(); AudioOutput mixer = meeting.audioMixer(new AudioFormat(16_000, 2))) {
                assertEquals(new AudioFormat(), input.getFormat());
                assertEquals(Pushed.NOT_SENDING, input.push(bytes.asShortBuffer()));
                assertEquals(Pushed.NOT_SENDING, input.push(new float[] {0.5f, 0.5f}, 20_000L));
                assertTrue(input.getLevel() < 0);
                assertEquals(240, mixer.pull(bytes.asShortBuffer()).getSilentFrames());
                assertEquals(-127, mixer.pull(new float[2]).getAudioLevel());
            }
        }
    }

    @Test
    void rawPicturesBeforeJoining() {
        try (Service service = new Service()) {
            service.configure();
            MeetingOptions options = new MeetingOptions();
            options.setMeetingId("room");
            VideoPicture picture = new VideoPicture(PictureFormat.BGRA, 3, 2,
                Collections.singletonList(new PlaneView(ByteBuffer.allocateDirect(24), 12)));
            assertEquals(24, picture.getPlanes().get(0).getData().remaining());
            try (Meeting meeting = Vsdk.initMeeting(options); LocalTrack track = meeting.addTrack(TrackKind.VIDEO)) {
                if (PicturesKt.getHasRawPictures()) {
                    try (VideoInput input = track.videoInput()) {
                        assertEquals(Pushed.NOT_SENDING, input.push(picture));
                    }
                } else {
                    assertThrows(VsdkException.class, track::videoInput);
                }
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
