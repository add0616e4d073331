// A window to draw on with SDL: rounded boxes, text, icons and pictures. All measures are pixels of
// the screen; pixels() makes them from points, of which a screen has the more pixels the finer it is.
#ifndef MEET_CANVAS_HPP
#define MEET_CANVAS_HPP

#include <SDL.h>
#include <SDL_image.h>
#include <SDL_ttf.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "shapes.hpp"
#include "test_pattern.hpp"

using Colour = SDL_Color;

// Ends the program with what SDL says.
[[noreturn]] inline void fail(const std::string &what) {
    throw std::runtime_error(what + ": " + SDL_GetError());
}

struct Destroy {
    void operator()(SDL_Window *it) const { SDL_DestroyWindow(it); }
    void operator()(SDL_Renderer *it) const { SDL_DestroyRenderer(it); }
    void operator()(SDL_Texture *it) const { SDL_DestroyTexture(it); }
    void operator()(SDL_Surface *it) const { SDL_FreeSurface(it); }
    void operator()(TTF_Font *it) const { TTF_CloseFont(it); }
};

template <class T>
using Owned = std::unique_ptr<T, Destroy>;

class Canvas {
public:
    // `font` is a file; null for one of those that most systems have.
    Canvas(const char *title, int width, int height, const char *font)
        : font_file_(font != nullptr ? font : usual_font()) {
        SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "linear");
        // Everybody takes VP8 for BT.601, whatever the size.
        SDL_SetYUVConversionMode(SDL_YUV_CONVERSION_BT601);
        window_.reset(SDL_CreateWindow(title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width,
                                       height, SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI));
        if (!window_)
            fail("no window can be opened");
        SDL_SetWindowMinimumSize(window_.get(), 320, 240);
        renderer_.reset(SDL_CreateRenderer(window_.get(), -1, 0));
        if (!renderer_)
            fail("nothing can be drawn");
        SDL_SetRenderDrawBlendMode(renderer_.get(), SDL_BLENDMODE_BLEND);
        font_of(pixels(12)); // If it cannot be read, better now.
    }

    // Begins a drawing, and gives what is to be drawn on.
    SDL_Rect begin(Colour background) {
        SDL_Rect all = {0, 0, 0, 0};
        int points = 0;
        SDL_GetRendererOutputSize(renderer_.get(), &all.w, &all.h);
        SDL_GetWindowSize(window_.get(), &points, nullptr);
        scale_ = points > 0 ? static_cast<float>(all.w) / static_cast<float>(points) : 1;
        set_colour(background);
        SDL_RenderClear(renderer_.get());
        return all;
    }

    void show() { SDL_RenderPresent(renderer_.get()); }

    // Writes what was drawn since begin() into a PNG file.
    void save(const std::string &path) {
        SDL_Rect all = {0, 0, 0, 0};
        SDL_GetRendererOutputSize(renderer_.get(), &all.w, &all.h);
        const Owned<SDL_Surface> surface(
            SDL_CreateRGBSurfaceWithFormat(0, all.w, all.h, 24, SDL_PIXELFORMAT_RGB24));
        if (!surface || SDL_RenderReadPixels(renderer_.get(), nullptr, SDL_PIXELFORMAT_RGB24,
                                             surface->pixels, surface->pitch) != 0)
            fail("the window cannot be read");
        if (IMG_SavePNG(surface.get(), path.c_str()) != 0)
            fail("cannot write " + path);
    }

    int pixels(float points) const { return static_cast<int>(std::lround(points * scale_)); }

    void fill(const SDL_Rect &box, int radius, Colour colour) {
        radius = std::min({radius, box.w / 2, box.h / 2});
        set_colour(colour);
        fill_plain({box.x + radius, box.y, box.w - 2 * radius, radius});
        fill_plain({box.x, box.y + radius, box.w, box.h - 2 * radius});
        fill_plain({box.x + radius, box.y + box.h - radius, box.w - 2 * radius, radius});
        draw_corners(box, radius, colour, corners(Corner::filled, radius, 0));
    }

    // A line of that width along the inside of the box.
    void frame(const SDL_Rect &box, int radius, int width, Colour colour) {
        set_colour(colour);
        fill_plain({box.x + radius, box.y, box.w - 2 * radius, width});
        fill_plain({box.x + radius, box.y + box.h - width, box.w - 2 * radius, width});
        fill_plain({box.x, box.y + radius, width, box.h - 2 * radius});
        fill_plain({box.x + box.w - width, box.y + radius, width, box.h - 2 * radius});
        draw_corners(box, radius, colour, corners(Corner::framed, radius, width));
    }

    // Rounds the corners of what was drawn there: what is outside gets that colour.
    void round_corners(const SDL_Rect &box, int radius, Colour outside) {
        draw_corners(box, radius, outside, corners(Corner::outside, radius, 0));
    }

    template <class Distance>
    void icon(const char *name, Distance distance, const SDL_Rect &box, Colour colour) {
        Owned<SDL_Texture> &texture = icons_[{name, box.w}];
        if (!texture) {
            const float unit = static_cast<float>(box.w) / icon_side;
            texture = rasterised(box.w, [&](Point at) {
                return distance(Point{at.x / unit, at.y / unit}) * unit;
            });
        }
        draw(texture.get(), nullptr, box, colour);
    }

    // How wide and high a text is.
    SDL_Point measure(const std::string &text, int size) { return text_of(text, size).size; }

    void text(const std::string &text, int size, Colour colour, int x, int y) {
        const Text &drawn = text_of(text, size);
        if (drawn.texture)
            draw(drawn.texture.get(), nullptr, {x, y, drawn.size.x, drawn.size.y}, colour);
    }

    void text_in_middle(const std::string &text, int size, Colour colour, const SDL_Rect &box) {
        const SDL_Point needed = measure(text, size);
        this->text(text, size, colour, box.x + (box.w - needed.x) / 2, box.y + (box.h - needed.y) / 2);
    }

    // The text, or as much of its beginning as is no wider.
    std::string shortened(std::string text, int size, int width) {
        if (measure(text, size).x <= width)
            return text;
        while (!text.empty() && measure(text + "…", size).x > width) {
            // One character of UTF-8.
            while (!text.empty() && (text.back() & 0xc0) == 0x80)
                text.pop_back();
            if (!text.empty())
                text.pop_back();
        }
        return text + "…";
    }

    // Draws a picture: all of it, or so that it covers the box. Pictures of one key take the place of
    // each other; forget() lets go of one that is not needed any more.
    void picture(const std::string &key, const PictureView &picture, const SDL_Rect &box, bool is_covering) {
        Shown &shown = pictures_[key];
        if (!shown.texture || shown.width != picture.width || shown.height != picture.height)
            shown = {Owned<SDL_Texture>(SDL_CreateTexture(renderer_.get(), SDL_PIXELFORMAT_IYUV,
                                                          SDL_TEXTUREACCESS_STREAMING,
                                                          picture.width, picture.height)),
                     picture.width, picture.height, 0};
        if (!shown.texture)
            return; // Larger than what the screen takes.
        if (shown.number != picture.number)
            SDL_UpdateYUVTexture(shown.texture.get(), nullptr, picture.planes[0], picture.strides[0],
                                 picture.planes[1], picture.strides[1], picture.planes[2],
                                 picture.strides[2]);
        shown.number = picture.number;
        const float across = static_cast<float>(box.w) / static_cast<float>(picture.width);
        const float down = static_cast<float>(box.h) / static_cast<float>(picture.height);
        if (is_covering) {
            const float factor = std::max(across, down);
            const SDL_Rect part = centred({0, 0, picture.width, picture.height},
                                          static_cast<float>(box.w) / factor,
                                          static_cast<float>(box.h) / factor);
            SDL_RenderCopy(renderer_.get(), shown.texture.get(), &part, &box);
        } else {
            const float factor = std::min(across, down);
            const SDL_Rect whole = centred(box, static_cast<float>(picture.width) * factor,
                                           static_cast<float>(picture.height) * factor);
            SDL_RenderCopy(renderer_.get(), shown.texture.get(), nullptr, &whole);
        }
    }

    // Lets go of the pictures whose key is not wanted any more.
    template <class IsWanted>
    void forget_pictures(IsWanted is_wanted) {
        for (auto at = pictures_.begin(); at != pictures_.end();)
            at = is_wanted(at->first) ? std::next(at) : pictures_.erase(at);
    }

private:
    enum class Corner { filled, framed, outside };

    struct Text {
        Owned<SDL_Texture> texture;
        SDL_Point size;
    };

    struct Shown {
        Owned<SDL_Texture> texture;
        int width = 0;
        int height = 0;
        std::uint64_t number = 0;
    };

    static std::string usual_font() {
        for (const char *file : {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
                                 "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
                                 "/usr/share/fonts/TTF/DejaVuSans.ttf",
                                 "/usr/share/fonts/dejavu/DejaVuSans.ttf",
                                 "/System/Library/Fonts/Supplemental/Arial Unicode.ttf"})
            if (access(file, R_OK) == 0)
                return file;
        throw std::runtime_error("no font was found: name one with --font FILE.ttf, or install DejaVu "
                                 "(Debian: apt install fonts-dejavu-core)");
    }

    static SDL_Rect centred(const SDL_Rect &box, float width, float height) {
        const int w = static_cast<int>(std::lround(width)), h = static_cast<int>(std::lround(height));
        return {box.x + (box.w - w) / 2, box.y + (box.h - h) / 2, w, h};
    }

    void set_colour(Colour colour) {
        SDL_SetRenderDrawColor(renderer_.get(), colour.r, colour.g, colour.b, colour.a);
    }

    void fill_plain(const SDL_Rect &box) {
        if (box.w > 0 && box.h > 0)
            SDL_RenderFillRect(renderer_.get(), &box);
    }

    void draw(SDL_Texture *texture, const SDL_Rect *part, const SDL_Rect &box, Colour colour) {
        SDL_SetTextureColorMod(texture, colour.r, colour.g, colour.b);
        SDL_SetTextureAlphaMod(texture, colour.a);
        SDL_RenderCopy(renderer_.get(), texture, part, &box);
    }

    void draw_corners(const SDL_Rect &box, int radius, Colour colour, SDL_Texture *texture) {
        if (radius <= 0)
            return;
        for (const auto &[right, bottom] : {std::pair(0, 0), std::pair(1, 0), std::pair(0, 1), std::pair(1, 1)}) {
            const SDL_Rect part = {right * radius, bottom * radius, radius, radius};
            const SDL_Rect place = {box.x + right * (box.w - radius), box.y + bottom * (box.h - radius),
                                    radius, radius};
            draw(texture, &part, place, colour);
        }
    }

    // All four, side by side.
    SDL_Texture *corners(Corner kind, int radius, int width) {
        Owned<SDL_Texture> &texture = corners_[{kind, radius, width}];
        if (!texture) {
            const float r = static_cast<float>(radius);
            texture = rasterised(2 * radius, [&](Point at) {
                const float outer = std::hypot(at.x - r, at.y - r) - r;
                switch (kind) {
                case Corner::framed: return std::max(outer, -outer - static_cast<float>(width));
                case Corner::outside: return -outer;
                default: return outer;
                }
            });
        }
        return texture.get();
    }

    // A square of white, as opaque as each pixel is inside.
    template <class Distance>
    Owned<SDL_Texture> rasterised(int side, Distance distance) {
        std::vector<std::uint32_t> pixels;
        pixels.reserve(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
        for (int row = 0; row < side; ++row)
            for (int column = 0; column < side; ++column) {
                const Point middle = {static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F};
                const float inside = std::clamp(0.5F - distance(middle), 0.0F, 1.0F);
                pixels.push_back(0x00ffffffU | static_cast<std::uint32_t>(inside * 255) << 24);
            }
        Owned<SDL_Texture> texture(SDL_CreateTexture(renderer_.get(), SDL_PIXELFORMAT_ARGB8888,
                                                     SDL_TEXTUREACCESS_STATIC, side, side));
        if (!texture)
            fail("nothing can be drawn");
        SDL_UpdateTexture(texture.get(), nullptr, pixels.data(), side * 4);
        SDL_SetTextureBlendMode(texture.get(), SDL_BLENDMODE_BLEND);
        return texture;
    }

    TTF_Font *font_of(int size) {
        Owned<TTF_Font> &font = fonts_[size];
        if (!font)
            font.reset(TTF_OpenFont(font_file_.c_str(), size));
        if (!font)
            fail("the font cannot be read");
        return font.get();
    }

    const Text &text_of(const std::string &text, int size) {
        // Names come and go; what is on the screen comes back at once.
        if (texts_.size() > 500)
            texts_.clear();
        const auto [place, is_new] = texts_.try_emplace({text, size});
        if (is_new && !text.empty()) {
            const Colour white = {255, 255, 255, 255};
            const Owned<SDL_Surface> surface(TTF_RenderUTF8_Blended(font_of(size), text.c_str(), white));
            if (surface)
                place->second = {Owned<SDL_Texture>(SDL_CreateTextureFromSurface(renderer_.get(), surface.get())),
                                 {surface->w, surface->h}};
        }
        return place->second;
    }

    std::string font_file_;
    float scale_ = 1;
    Owned<SDL_Window> window_;
    Owned<SDL_Renderer> renderer_;
    // Of the renderer, and so behind it.
    std::map<int, Owned<TTF_Font>> fonts_;
    std::map<std::pair<std::string, int>, Text> texts_;
    std::map<std::pair<std::string, int>, Owned<SDL_Texture>> icons_;
    std::map<std::tuple<Corner, int, int>, Owned<SDL_Texture>> corners_;
    std::map<std::string, Shown> pictures_;
};

#endif
