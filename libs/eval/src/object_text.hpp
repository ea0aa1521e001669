// A JSON object written member by member: Boost.JSON would write 77.85 as 7.785E1.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "idi/eval/outcome.hpp"

namespace idi::eval {

class ObjectText {
 public:
  void add(std::string_view name, std::string_view json);
  void add(std::string_view name, std::size_t number);
  /// Leaves an empty one.
  [[nodiscard]] std::string take();

  static std::string quoted(std::string_view text);

 private:
  std::string text_;
};

/// {"count": …, "correct": …, "execution_accuracy": …}
[[nodiscard]] std::string tally_json(const Tally& tally);

/// Every kind with its number.
[[nodiscard]] std::string kinds_json(const std::map<ErrorKind, std::size_t>& counts);

}  // namespace idi::eval
