// What meet shows: a tile for everybody, in a grid that fits the window, and what the keys do.
#ifndef MEET_WINDOW_HPP
#define MEET_WINDOW_HPP

#include <algorithm>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "call.hpp"
#include "canvas.hpp"

class Window {
public:
    explicit Window(const char *font) : canvas_("meet", 1120, 720, font) {}

    void draw(const Call &call) {
        const SDL_Rect all = canvas_.begin(background);
        const std::vector<Tile> tiles = call.tiles();
        const int margin = pixels(16), header = pixels(48), footer = pixels(60);
        draw_header(call, {margin, 0, all.w - 2 * margin, header});
        const SDL_Rect middle = {margin, header, all.w - 2 * margin, all.h - header - footer};
        const std::vector<SDL_Rect> places = grid(tiles.size(), middle, pixels(14));
        for (std::size_t number = 0; number < tiles.size(); ++number)
            draw_tile(tiles[number], places[number]);
        draw_keys(call, {0, all.h - footer, all.w, footer});
        canvas_.forget_pictures([&](const std::string &key) {
            return std::any_of(tiles.begin(), tiles.end(),
                               [&](const Tile &tile) { return tile.key == key && tile.picture; });
        });
    }

    void show() { canvas_.show(); }
    void save(const std::string &path) { canvas_.save(path); }

private:
    static constexpr Colour background = {17, 20, 26, 255};
    static constexpr Colour tile_colour = {31, 36, 46, 255};
    static constexpr Colour key_colour = {45, 52, 65, 255};
    static constexpr Colour bright = {240, 243, 248, 255};
    static constexpr Colour dim = {148, 158, 174, 255};
    static constexpr Colour shade = {8, 10, 14, 190};
    static constexpr Colour speaking = {52, 211, 120, 255};
    static constexpr Colour muted = {248, 96, 96, 255};
    static constexpr Colour unlit = {255, 255, 255, 60};

    int pixels(float points) const { return canvas_.pixels(points); }

    // The largest tiles of 16 by 9 that fit side by side and below each other, in the middle.
    static std::vector<SDL_Rect> grid(std::size_t tiles, const SDL_Rect &box, int gap) {
        const int count = static_cast<int>(tiles);
        int width = 0, columns = 1;
        for (int tried = 1; tried <= count; ++tried) {
            const int rows = (count + tried - 1) / tried;
            const int across = (box.w - (tried - 1) * gap) / tried;
            const int down = (box.h - (rows - 1) * gap) / rows;
            const int fits = std::min(across, down * 16 / 9);
            if (fits > width)
                width = fits, columns = tried;
        }
        const int height = width * 9 / 16, rows = (count + columns - 1) / columns;
        const int top = box.y + (box.h - rows * height - (rows - 1) * gap) / 2;
        std::vector<SDL_Rect> places;
        for (int number = 0; number < count; ++number) {
            const int row = number / columns, in_row = std::min(columns, count - row * columns);
            const int left = box.x + (box.w - in_row * width - (in_row - 1) * gap) / 2;
            places.push_back({left + number % columns * (width + gap), top + row * (height + gap), width, height});
        }
        return places;
    }

    void draw_header(const Call &call, const SDL_Rect &box) {
        const std::size_t people = call.people();
        const int large = pixels(16), small = pixels(13);
        const SDL_Point name = canvas_.measure("meet", large);
        canvas_.text("meet", large, bright, box.x, box.y + (box.h - name.y) / 2);
        const std::string told = call.is_connected()
                                     ? std::to_string(people) + (people == 1 ? " person" : " people")
                                     : "connection lost, trying again";
        const SDL_Point size = canvas_.measure(told, small);
        canvas_.text(told, small, call.is_connected() ? dim : muted, box.x + box.w - size.x,
                     box.y + (box.h - size.y) / 2);
        const int left = box.x + name.x + pixels(14);
        const std::string room = canvas_.shortened("room " + call.room(), small,
                                                   box.x + box.w - size.x - pixels(14) - left);
        canvas_.text(room, small, dim, left, box.y + (box.h - canvas_.measure(room, small).y) / 2);
    }

    void draw_tile(const Tile &tile, const SDL_Rect &box) {
        const int radius = std::min(pixels(14), box.h / 4);
        canvas_.fill(box, radius, tile_colour);
        if (tile.picture) {
            canvas_.picture(tile.key, *tile.picture, box, !tile.is_screen);
            canvas_.round_corners(box, radius, background);
        } else {
            draw_initials(tile, box);
        }
        draw_name(tile, box);
        if (tile.is_speaking) {
            const int width = std::max(pixels(4), 2);
            canvas_.frame({box.x - width / 2, box.y - width / 2, box.w + width, box.h + width},
                          radius + width / 2, width, speaking);
        }
    }

    void draw_initials(const Tile &tile, const SDL_Rect &box) {
        static constexpr Colour colours[] = {{99, 102, 241, 255}, {14, 165, 164, 255}, {217, 119, 6, 255},
                                             {219, 39, 119, 255}, {37, 99, 235, 255},  {124, 58, 237, 255}};
        const Colour colour = colours[std::hash<std::string>()(tile.name) % std::size(colours)];
        const int side = box.h * 2 / 5;
        // In the middle, or higher where the name would cover it.
        const int top = std::min((box.h - side) / 2, (box.h - pixels(38) - side) * 2 / 3);
        const SDL_Rect circle = {box.x + (box.w - side) / 2, box.y + std::max(top, 0), side, side};
        canvas_.fill(circle, side / 2, colour);
        canvas_.text_in_middle(initials(tile.name), std::max(side * 2 / 5, 1), bright, circle);
    }

    // The first character of the first two words.
    static std::string initials(const std::string &name) {
        std::string found;
        int words = 0;
        for (std::size_t at = 0; at < name.size() && words < 2; ++at) {
            if (name[at] == ' ' || name[at] == '(' || (at > 0 && name[at - 1] != ' '))
                continue;
            const std::size_t begin = at;
            while (at + 1 < name.size() && (name[at + 1] & 0xc0) == 0x80)
                ++at;
            found += name.substr(begin, at + 1 - begin);
            ++words;
        }
        return found;
    }

    // The name, whether the microphone is on, and how loud it is, on a shade in the lower left corner.
    void draw_name(const Tile &tile, const SDL_Rect &box) {
        const int size = pixels(14), height = pixels(28), inset = pixels(10), gap = pixels(8);
        const int icon = tile.is_screen ? 0 : pixels(16), meter = tile.is_screen ? 0 : pixels(34);
        const int beside = 2 * inset + (tile.is_screen ? 0 : icon + gap + meter + gap);
        const std::string name = canvas_.shortened(tile.name, size, box.w - 2 * inset - beside);
        const SDL_Point needed = canvas_.measure(name, size);
        const SDL_Rect label = {box.x + inset, box.y + box.h - inset - height, needed.x + beside, height};
        canvas_.fill(label, height / 2, shade);
        int x = label.x + inset;
        if (!tile.is_screen) {
            const SDL_Rect place = {x, label.y + (height - icon) / 2, icon, icon};
            if (tile.is_muted)
                canvas_.icon("muted", muted_icon, place, muted);
            else
                canvas_.icon("microphone", microphone_icon, place, bright);
            x += icon + gap;
        }
        canvas_.text(name, size, bright, x, label.y + (height - needed.y) / 2);
        if (!tile.is_screen)
            draw_meter(tile.is_muted ? 0 : tile.loudness, {x + needed.x + gap, label.y, meter, height});
    }

    // Bars that rise to the right, as many of them lit as it is loud.
    void draw_meter(float loudness, const SDL_Rect &box) {
        const int bars = 6, width = pixels(4), pitch = (box.w - width) / (bars - 1);
        const int tallest = pixels(15), bottom = box.y + (box.h + tallest) / 2;
        for (int bar = 0; bar < bars; ++bar) {
            const int height = tallest * (bar + 3) / (bars + 2);
            const bool is_lit = loudness * bars > static_cast<float>(bar);
            canvas_.fill({box.x + bar * pitch, bottom - height, width, height}, width / 2,
                         is_lit ? speaking : unlit);
        }
    }

    void draw_keys(const Call &call, const SDL_Rect &box) {
        struct Key {
            const char *name;
            const char *does;
            bool is_off;
        };
        const Key keys[] = {
            {"M", call.is_microphone_on() ? "mute" : "unmute", !call.is_microphone_on()},
            {"V", call.is_camera_on() ? "camera off" : "camera on", !call.is_camera_on()},
            {"S", "screenshot", false},
            {"Q", "quit", false},
        };
        const int size = pixels(13), cap = pixels(26), gap = pixels(8);
        int width = 0;
        for (const Key &key : keys)
            width += cap + gap + canvas_.measure(key.does, size).x;
        // Closer to each other in a narrow window.
        const int gaps = static_cast<int>(std::size(keys)) - 1;
        const int between = std::clamp((box.w - 2 * gap - width) / gaps, 0, pixels(26));
        width += gaps * between;
        int x = box.x + (box.w - width) / 2;
        for (const Key &key : keys) {
            const SDL_Rect place = {x, box.y + (box.h - cap) / 2, cap, cap};
            canvas_.fill(place, pixels(7), key.is_off ? muted : key_colour);
            canvas_.text_in_middle(key.name, size, bright, place);
            const SDL_Point needed = canvas_.measure(key.does, size);
            canvas_.text(key.does, size, dim, x + cap + gap, box.y + (box.h - needed.y) / 2);
            x += cap + gap + needed.x + between;
        }
    }

    Canvas canvas_;
};

#endif
