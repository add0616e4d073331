// The meeting: who is there, what they send, and what this participant sends.
#ifndef MEET_CALL_HPP
#define MEET_CALL_HPP

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <vsdk.hpp>

#include "sound.hpp"
#include "test_pattern.hpp"

// What there is to see of one participant, or of what one shares.
struct Tile {
    std::string key;
    std::string name;
    std::optional<PictureView> picture;
    bool is_screen = false;
    bool is_speaking = false;
    bool is_muted = false;
    // 0 to 1.
    float loudness = 0;
};

class Call {
public:
    // Takes a meeting that is joined.
    Call(vsdk::Meeting &meeting, bool is_tone)
        : meeting_(meeting), microphone_track_(meeting.add_track(vsdk::TrackOptions(vsdk::TrackKind::audio))),
          camera_track_(meeting.add_track(vsdk::TrackOptions(vsdk::TrackKind::video)
                                              .set_size(TestPattern::width, TestPattern::height))) {
        attempt([&] { microphone_.emplace(microphone_track_, is_tone); });
        attempt([&] { loudspeaker_.emplace(meeting); });
        attempt([&] { camera_.emplace(camera_track_.video_input()); });
        look_around();
    }

    // Reads what has come, and films; to be called for each picture on the screen.
    void update() {
        bool is_changed = false;
        while (const vsdk::NextEvent event = meeting_.next_event(std::chrono::seconds(0))) {
            take(*event);
            is_changed = true;
        }
        if (is_changed)
            look_around();
        const Clock::time_point now = Clock::now();
        for (auto &[id, track] : tracks_)
            attempt([&, &one = track] { read(one, now - last_update_); });
        last_update_ = now;
        film();
    }

    // The own one comes first.
    std::vector<Tile> tiles() const {
        std::vector<Tile> tiles;
        for (const Person &person : people_) {
            Tile tile;
            tile.key = person.id;
            tile.name = person.name;
            tile.is_speaking = person.id == speaker_id_;
            tile.is_muted = !person.is_mic_on;
            if (person.is_local) {
                tile.name += " (you)";
                tile.picture = is_camera_on_ && camera_ ? filmed_ : std::nullopt;
                tile.is_muted = !is_microphone_on_;
                tile.loudness = microphone_ && is_microphone_on_ ? loudness_of(microphone_->level()) : 0;
            }
            std::vector<Tile> screens;
            for (const auto &[id, track] : tracks_) {
                if (track.participant_id != person.id)
                    continue;
                if (track.kind == vsdk::TrackKind::audio)
                    tile.loudness = std::max(tile.loudness, track.loudness);
                if (track.kind == vsdk::TrackKind::video)
                    tile.picture = view(track);
                if (track.kind == vsdk::TrackKind::share)
                    screens.push_back({id, person.name + "'s screen", view(track), true});
            }
            tiles.push_back(std::move(tile));
            std::move(screens.begin(), screens.end(), std::back_inserter(tiles));
        }
        return tiles;
    }

    const std::string &room() const { return room_; }
    // How many they are, this participant too.
    std::size_t people() const { return people_.size(); }
    // Whether the connection is there; else it is being made anew.
    bool is_connected() const { return is_connected_; }
    bool is_over() const { return is_over_; }
    bool is_microphone_on() const { return is_microphone_on_; }
    bool is_camera_on() const { return is_camera_on_; }

    void switch_microphone() {
        is_microphone_on_ = !is_microphone_on_;
        microphone_track_.set_enabled(is_microphone_on_);
    }

    void switch_camera() {
        is_camera_on_ = !is_camera_on_;
        camera_track_.set_enabled(is_camera_on_);
    }

private:
    using Clock = std::chrono::steady_clock;

    struct Person {
        std::string id;
        std::string name;
        bool is_local;
        bool is_mic_on;
    };

    struct Track {
        std::string participant_id;
        vsdk::TrackKind kind;
        std::optional<vsdk::VideoOutput> pictures;
        std::optional<vsdk::ReceivedPicture> picture;
        std::uint64_t number = 0;
        // For the meter: what is played comes from the mixer.
        std::optional<vsdk::AudioOutput> sound;
        float loudness = 0;
    };

    // Enough to tell how loud it is.
    static constexpr vsdk::AudioFormat metered_format = {8000, 1};
    static constexpr std::chrono::milliseconds between_pictures{40};

    // A library that was built without a codec goes without what that is for.
    template <class Function>
    static void attempt(Function function) {
        try {
            function();
        } catch (const vsdk::Error &error) {
            if (error.status() != vsdk::Status::unsupported)
                throw;
            std::cerr << error.message() << "\n  " << error.remedy() << "\n";
        }
    }

    // Speech is some 50 to 10 decibels below full scale.
    static float loudness_of(int level) {
        return std::clamp((static_cast<float>(level) + 55) / 45, 0.0F, 1.0F);
    }

    void take(const vsdk::Event &event) {
        switch (event.type()) {
        case vsdk::EventType::track_added: open(*event.track_id()); break;
        case vsdk::EventType::track_removed: tracks_.erase(*event.track_id()); break;
        case vsdk::EventType::media_state_changed:
            // Somebody who may has switched it off; on again only its owner can.
            if (event.participant_id() == own_id_ && event.code() == 0 && event.text() == "audio")
                is_microphone_on_ = false;
            if (event.participant_id() == own_id_ && event.code() == 0 && event.text() == "video")
                is_camera_on_ = false;
            break;
        case vsdk::EventType::state_changed:
            is_connected_ = event.state() == vsdk::MeetingState::connected;
            break;
        case vsdk::EventType::track_failed:
            std::cerr << "something cannot be sent: " << event.text().value_or("") << "\n";
            break;
        case vsdk::EventType::meeting_left:
            std::cout << "* the meeting has ended: " << event.text().value_or("") << "\n";
            is_over_ = true;
            break;
        default: break;
        }
    }

    void open(const std::string &id) {
        try {
            vsdk::RemoteTrack remote = meeting_.remote_track(id);
            Track &track = tracks_[id];
            track.participant_id = remote.participant_id();
            track.kind = remote.kind();
            attempt([&] {
                if (track.kind == vsdk::TrackKind::video || track.kind == vsdk::TrackKind::share)
                    track.pictures.emplace(remote.video_output(vsdk::PictureFormat::i420));
                else
                    track.sound.emplace(remote.audio_output(metered_format));
            });
        } catch (const vsdk::Error &error) {
            if (error.status() != vsdk::Status::not_found) // Gone again already.
                throw;
        }
    }

    void look_around() {
        const vsdk::MeetingSnapshot snapshot = meeting_.snapshot();
        room_ = snapshot.meeting_id();
        own_id_ = snapshot.participant_id();
        speaker_id_ = snapshot.active_speaker_id().value_or("");
        people_.clear();
        for (const vsdk::Participant &one : snapshot.participants())
            people_.push_back({one.id(), one.name(), one.is_local(), one.is_mic_on()});
    }

    static void read(Track &track, Clock::duration elapsed) {
        if (track.pictures) {
            if (vsdk::NextPicture picture = track.pictures->next_picture(std::chrono::seconds(0))) {
                track.picture = std::move(*picture);
                ++track.number;
            }
        }
        if (track.sound) {
            const auto frames = std::chrono::duration_cast<std::chrono::duration<double>>(elapsed).count() *
                                metered_format.sample_rate;
            std::vector<float> samples(static_cast<std::size_t>(std::clamp(frames, 1.0, 8000.0)));
            const float now = loudness_of(track.sound->pull(samples).audio_level);
            // Up at once and down by and by, as an eye likes it.
            track.loudness = std::max(now, track.loudness * 0.85F);
        }
    }

    static std::optional<PictureView> view(const Track &track) {
        if (!track.picture)
            return std::nullopt;
        PictureView view;
        view.width = track.picture->width();
        view.height = track.picture->height();
        view.number = track.number;
        for (int index = 0; index < 3; ++index) {
            const vsdk::PlaneView plane = track.picture->plane(index);
            view.planes[index] = plane.bytes.data();
            view.strides[index] = static_cast<int>(plane.stride);
        }
        return view;
    }

    // SDL 2 knows no cameras. What has one pushes its pictures here.
    void film() {
        const Clock::time_point now = Clock::now();
        if (!camera_ || !is_camera_on_ || now < next_picture_)
            return;
        next_picture_ = std::max(next_picture_ + between_pictures, now);
        filmed_ = pattern_.draw(std::chrono::duration<double>(now - begin_).count());
        vsdk::VideoPicture picture(vsdk::PictureFormat::i420, filmed_->width, filmed_->height);
        for (int plane = 0; plane < 3; ++plane) {
            const int height = plane == 0 ? filmed_->height : filmed_->height / 2;
            const std::size_t size = static_cast<std::size_t>(filmed_->strides[plane] * height);
            picture.add_plane({filmed_->planes[plane], size}, filmed_->strides[plane]);
        }
        camera_->push(picture);
    }

    vsdk::Meeting &meeting_;
    vsdk::LocalTrack microphone_track_;
    vsdk::LocalTrack camera_track_;
    std::optional<Microphone> microphone_;
    std::optional<Loudspeaker> loudspeaker_;
    std::optional<vsdk::VideoInput> camera_;
    TestPattern pattern_;
    std::optional<PictureView> filmed_;
    std::map<std::string, Track> tracks_;
    std::vector<Person> people_;
    std::string room_;
    std::string own_id_;
    std::string speaker_id_;
    bool is_connected_ = true;
    bool is_over_ = false;
    bool is_microphone_on_ = true;
    bool is_camera_on_ = true;
    Clock::time_point begin_ = Clock::now();
    Clock::time_point next_picture_ = begin_;
    Clock::time_point last_update_ = begin_;
};

#endif
