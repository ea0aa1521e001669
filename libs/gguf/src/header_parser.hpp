// The header from any stream; read_header is this over a file.
#pragma once

#include <cstdint>
#include <istream>

#include "idi/gguf/gguf.hpp"

namespace idi::gguf {

/// `file_bytes`: how long the whole file is, of which the stream may hold the beginning alone (a
/// read past it is "unreadable"). Errors: as read_header, without the file's name.
[[nodiscard]] Result<Header> parse_header(std::istream& in, std::uint64_t file_bytes);

}  // namespace idi::gguf
