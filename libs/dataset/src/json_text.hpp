// Boost.JSON with errors that name file and line. Boost's headers stay in this room's .cpp files.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"

namespace idi::dataset {

/// `first_line` is the number of the text's first line, for messages.
[[nodiscard]] Result<boost::json::value> parse_json(std::string_view json, std::string_view name,
                                                    std::size_t first_line = 1);

/// A text member; nullopt if it is absent or no text.
[[nodiscard]] std::optional<std::string> text_member(const boost::json::object& object,
                                                     std::string_view key);

}  // namespace idi::dataset
