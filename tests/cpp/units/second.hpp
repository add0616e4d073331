#include <string_view>

std::string_view second_version();
void throw_in_a_callback();
