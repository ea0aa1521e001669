#include "byte_stream.hpp"

#include <utility>

namespace idi::table_file {

Status ByteStream::pass_on() {
  if (waiting_.size() < piece_bytes) return {};
  return flush();
}

Status ByteStream::flush() {
  if (waiting_.empty()) return {};
  if (!sink_(std::exchange(waiting_, {}))) {
    return make_error(ErrorCode::cancelled, "The file is not wanted any more");
  }
  return {};
}

}  // namespace idi::table_file
