// JSON as model servers write it: read tolerantly (bytes that are no UTF-8 are the business of
// Utf8Joiner), within limits.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace idi::llm {

namespace json = boost::json;

/// nullopt: no JSON object.
[[nodiscard]] std::optional<json::object> parse_object(std::string_view text);
[[nodiscard]] const json::object* object_in(const json::object& object, std::string_view key);
[[nodiscard]] const json::array* array_in(const json::object& object, std::string_view key);
/// Empty where there is no text.
[[nodiscard]] std::string_view text_in(const json::object& object, std::string_view key);
[[nodiscard]] std::optional<double> number_in(const json::object& object, std::string_view key);
/// `otherwise` where there is no number that fits.
[[nodiscard]] int int_in(const json::object& object, std::string_view key, int otherwise = 0);
[[nodiscard]] bool is_true_in(const json::object& object, std::string_view key);
/// Valid UTF-8, whatever it was made from.
[[nodiscard]] json::string json_text(std::string_view text);
[[nodiscard]] json::array json_texts(const std::vector<std::string>& texts);

}  // namespace idi::llm
