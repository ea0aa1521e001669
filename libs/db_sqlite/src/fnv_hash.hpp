// FNV-1a over 64 bits, fed piece by piece. For fingerprints, not against adversaries.
#pragma once

#include <cstdint>
#include <string_view>

namespace idi::db_sqlite {

class FnvHash {
 public:
  void add(std::string_view bytes) {
    for (const char c : bytes) add_byte(static_cast<unsigned char>(c));
    add_byte(0xff);  // "ab","c" differs from "a","bc"
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  void add_byte(unsigned char byte) { value_ = (value_ ^ byte) * 0x100000001b3ULL; }
  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

}  // namespace idi::db_sqlite
