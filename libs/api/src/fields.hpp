// The fields of an object that came from outside, read strictly: each is asked for with what it may
// be, and what nobody asked for is refused. The first thing that is wrong is the error, and names
// its field.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json.hpp"

namespace idi::api {

class Fields {
 public:
  explicit Fields(json::object object) : object_(std::move(object)) {}

  /// Absent fields give nullopt; `require` makes that an error.
  std::optional<std::string> text(std::string_view name, std::size_t max_bytes);
  std::optional<std::int64_t> integer(std::string_view name, std::int64_t least, std::int64_t most);
  std::optional<bool> boolean(std::string_view name);
  std::optional<std::vector<std::string>> texts(std::string_view name, std::size_t max_count,
                                                std::size_t max_bytes);
  std::optional<std::vector<std::int64_t>> integers(std::string_view name, std::size_t max_count,
                                                    std::int64_t least, std::int64_t most);
  /// An error if it is absent.
  void require(std::string_view name);
  /// For what only the caller can judge.
  void refuse(std::string_view name, std::string_view why);

  /// REQUIRES: every field that may be there was asked for. Errors: invalid_argument.
  [[nodiscard]] Status done();

 private:
  const json::value* find(std::string_view name);

  json::object object_;
  std::vector<std::string> known_;
  std::optional<Error> error_;
};

}  // namespace idi::api
