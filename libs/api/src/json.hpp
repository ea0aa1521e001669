// JSON as this room reads and writes it. What comes from outside is read strictly; what goes out is
// valid UTF-8, whatever it was made from. Boost.JSON stays in this room.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/value.hpp"

namespace idi::api {

namespace json = boost::json;

/// Of what clients send; what we kept ourselves is less deep.
inline constexpr std::size_t max_json_depth = 16;

/// Errors: invalid_argument, `what` says what should have been an object: "the message".
[[nodiscard]] Result<json::object> parse_object(std::string_view text, std::string_view what);

[[nodiscard]] json::string json_text(std::string_view text);
[[nodiscard]] json::array json_texts(const std::vector<std::string>& texts);
[[nodiscard]] json::object error_json(const Error& error);

/// The protocol's Cell: integers beyond 2^53, blobs and numbers that JSON lacks come as objects.
[[nodiscard]] json::value cell_json(const Value& cell);
/// The way back, for what we wrote ourselves. Blobs come back without their bytes.
[[nodiscard]] Value cell_from_json(const json::value& cell);

}  // namespace idi::api
