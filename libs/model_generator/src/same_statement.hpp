// Whether a model wrote the same again: in other case or with other blanks it is no new attempt.
#pragma once

#include <string_view>

namespace idi::model_generator {

/// Equal but for case and blanks outside of quotes, and a semicolon at the end.
[[nodiscard]] bool is_same_statement(std::string_view a, std::string_view b);

}  // namespace idi::model_generator
