// What is filmed where there is no camera: colour bars that move, a grey ramp and a ball.
#ifndef MEET_TEST_PATTERN_HPP
#define MEET_TEST_PATTERN_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

// A picture as I420 that somebody else holds.
struct PictureView {
    int width = 0;
    int height = 0;
    const std::uint8_t *planes[3] = {};
    int strides[3] = {};
    // Another one for each picture.
    std::uint64_t number = 0;
};

class TestPattern {
public:
    static constexpr int width = 640;
    static constexpr int height = 360;

    TestPattern() : y_(width * height), u_(width * height / 4), v_(width * height / 4) {}

    // Draws it as it is so many seconds after the beginning.
    const PictureView &draw(double seconds) {
        // Even, because two columns share a colour.
        const int moved = static_cast<int>(seconds * 20) * 2;
        for (int column = 0; column < width; ++column) {
            const Colour &bar = bars[bar_at(column + moved)];
            y_[at(column)] = bar.y;
            y_[at(column + ramp_top * width)] =
                static_cast<std::uint8_t>(16 + 219 * ((column + 2 * moved) % width) / width);
            u_[at(column / 2)] = bar.u;
            v_[at(column / 2)] = bar.v;
        }
        repeat_row(y_, width, 0, ramp_top);
        repeat_row(y_, width, ramp_top, height);
        repeat_row(u_, width / 2, 0, ramp_top / 2);
        repeat_row(v_, width / 2, 0, ramp_top / 2);
        std::fill(u_.begin() + ramp_top / 2 * width / 2, u_.end(), std::uint8_t{128});
        std::fill(v_.begin() + ramp_top / 2 * width / 2, v_.end(), std::uint8_t{128});
        draw_ball(seconds);

        view_ = {width, height, {y_.data(), u_.data(), v_.data()}, {width, width / 2, width / 2},
                 view_.number + 1};
        return view_;
    }

private:
    // As BT.601 has it, brightness from 16 to 235.
    struct Colour {
        std::uint8_t y, u, v;
    };

    // Three quarters of white, yellow, cyan, green, magenta, red and blue.
    static constexpr int bar_count = 7;
    static constexpr Colour bars[bar_count] = {{180, 128, 128}, {162, 44, 142}, {131, 156, 44},
                                               {112, 72, 58},   {84, 184, 198}, {65, 100, 212},
                                               {35, 212, 114}};
    static constexpr int ramp_top = 288;
    static constexpr int ball_radius = 34;

    static std::size_t at(int place) { return static_cast<std::size_t>(place); }

    static int bar_at(int column) { return column % width * bar_count / width; }

    static void repeat_row(std::vector<std::uint8_t> &plane, int stride, int top, int bottom) {
        for (int row = top + 1; row < bottom; ++row)
            std::copy_n(plane.begin() + top * stride, stride, plane.begin() + row * stride);
    }

    // Where something is that goes to and fro.
    static double bounced(double way, double length) {
        const double place = std::fmod(way, 2 * length);
        return place < length ? place : 2 * length - place;
    }

    void draw_ball(double seconds) {
        const double x = ball_radius + bounced(seconds * 130, width - 2 * ball_radius);
        const double y = ball_radius + bounced(seconds * 90, ramp_top - 2 * ball_radius);
        for (int row = static_cast<int>(y) - ball_radius; row <= static_cast<int>(y) + ball_radius; ++row)
            for (int column = static_cast<int>(x) - ball_radius;
                 column <= static_cast<int>(x) + ball_radius; ++column) {
                const double inside = ball_radius - std::hypot(column - x, row - y);
                if (inside <= 0 || column >= width)
                    continue;
                std::uint8_t &brightness = y_[at(row * width + column)];
                brightness = static_cast<std::uint8_t>(
                    brightness + (235 - brightness) * std::min(inside, 1.0));
                u_[at(row / 2 * width / 2 + column / 2)] = 128;
                v_[at(row / 2 * width / 2 + column / 2)] = 128;
            }
    }

    std::vector<std::uint8_t> y_, u_, v_;
    PictureView view_;
};

#endif
