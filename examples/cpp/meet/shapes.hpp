// Shapes as signed distances: how far a point is outside of one or, below 0, inside. All that meet
// draws beside text and pictures is made from these, with smooth edges in any size.
#ifndef MEET_SHAPES_HPP
#define MEET_SHAPES_HPP

#include <algorithm>
#include <cmath>

struct Point {
    float x = 0;
    float y = 0;
};

// A box around the origin.
inline float rounded_box(Point at, Point half, float radius) {
    const float x = std::abs(at.x) - half.x + radius;
    const float y = std::abs(at.y) - half.y + radius;
    return std::hypot(std::max(x, 0.0F), std::max(y, 0.0F)) + std::min(std::max(x, y), 0.0F) - radius;
}

// A line with round ends.
inline float stroke(Point at, Point from, Point to, float width) {
    const Point along = {to.x - from.x, to.y - from.y};
    const float part = ((at.x - from.x) * along.x + (at.y - from.y) * along.y) /
                       (along.x * along.x + along.y * along.y);
    const float nearest = std::clamp(part, 0.0F, 1.0F);
    return std::hypot(at.x - from.x - nearest * along.x, at.y - from.y - nearest * along.y) - width / 2;
}

// Icons lie in a square of that side.
constexpr float icon_side = 24;

inline float microphone_icon(Point at) {
    const float body = rounded_box({at.x - 12, at.y - 8.5F}, {3.2F, 6}, 3.2F);
    const float cradle = std::abs(std::hypot(at.x - 12, at.y - 11) - 6.4F) - 0.9F;
    const float lower_half = std::max(cradle, 11 - at.y);
    const float stem = stroke(at, {12, 18}, {12, 21}, 1.8F);
    const float foot = stroke(at, {8.5F, 21}, {15.5F, 21}, 1.8F);
    return std::min({body, lower_half, stem, foot});
}

// Crossed out, with a gap beside the line.
inline float muted_icon(Point at) {
    const float line = stroke(at, {4, 3.5F}, {20, 20.5F}, 2);
    return std::min(std::max(microphone_icon(at), 1.4F - line), line);
}

#endif
