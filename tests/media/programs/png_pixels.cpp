// Writes what is in a PNG file to standard output: width and height as 32 bits each, then red, green
// and blue of every pixel.
#include <SDL.h>
#include <SDL_image.h>

#include <cstdint>
#include <cstdio>

int main(int count, char **values) {
    SDL_Surface *read = count > 1 ? IMG_Load(values[1]) : nullptr;
    SDL_Surface *surface = read != nullptr ? SDL_ConvertSurfaceFormat(read, SDL_PIXELFORMAT_RGB24, 0) : nullptr;
    if (surface == nullptr) {
        std::fprintf(stderr, "%s\n", SDL_GetError());
        return 1;
    }
    const std::int32_t size[] = {surface->w, surface->h};
    std::fwrite(size, sizeof size, 1, stdout);
    const char *pixels = static_cast<const char *>(surface->pixels);
    for (int row = 0; row < surface->h; ++row)
        std::fwrite(pixels + row * surface->pitch, 3, static_cast<std::size_t>(surface->w), stdout);
    SDL_FreeSurface(surface);
    SDL_FreeSurface(read);
    return 0;
}
