#include "random_id.hpp"

#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace idi::session {

Result<std::string> new_session_id() {
  std::array<unsigned char, 16> random{};
  if (::getentropy(random.data(), random.size()) != 0) {
    return make_error(ErrorCode::unavailable, "The system gives no random numbers", {},
                      std::generic_category().message(errno));
  }
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string id = "s_";
  unsigned bits = 0;
  int bit_count = 0;
  for (const unsigned char byte : random) {
    bits = bits << 8 | byte;
    for (bit_count += 8; bit_count >= 6; bit_count -= 6) id += digits[bits >> (bit_count - 6) & 63];
  }
  return id += digits[bits << (6 - bit_count) & 63];
}

}  // namespace idi::session
