#include "json.hpp"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <charconv>
#include <cmath>
#include <limits>

#include "idi/core/text.hpp"

namespace idi::api {
namespace {

constexpr std::int64_t max_exact_integer = std::int64_t{1} << 53;

json::value real_json(double number) {
  if (std::isfinite(number)) return number;
  return json::object{{"real", std::isnan(number) ? "nan" : number > 0 ? "inf" : "-inf"}};
}

std::int64_t integer_of(const json::string& digits) {
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

double real_of(const json::string& name) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (name == "inf") return infinity;
  return name == "-inf" ? -infinity : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Result<json::object> parse_object(std::string_view text, std::string_view what) {
  json::parse_options options;
  options.max_depth = max_json_depth;
  json::error_code error;
  json::value parsed = json::parse({text.data(), text.size()}, error, {}, options);
  if (error) {
    return make_error(ErrorCode::invalid_argument,
                      fmt::format("{} is not JSON that can be read", what), {}, error.message());
  }
  if (!parsed.is_object()) {
    return make_error(ErrorCode::invalid_argument, fmt::format("{} is not a JSON object", what));
  }
  return std::move(parsed.get_object());
}

json::string json_text(std::string_view text) {
  const std::string valid = text::to_valid_utf8(text);
  return json::string(valid.data(), valid.size());
}

json::array json_texts(const std::vector<std::string>& texts) {
  json::array array;
  array.reserve(texts.size());
  for (const auto& text : texts) array.emplace_back(json_text(text));
  return array;
}

json::object error_json(const Error& error) {
  json::object object{{"code", error_code_name(error.code)}, {"message", json_text(error.message)}};
  if (!error.hint.empty()) object["hint"] = json_text(error.hint);
  if (!error.detail.empty()) object["detail"] = json_text(error.detail);
  return object;
}

json::value cell_json(const Value& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
    if (*integer <= max_exact_integer && *integer >= -max_exact_integer) return *integer;
    return json::object{{"integer", std::to_string(*integer)}};
  }
  if (const auto* real = std::get_if<double>(&cell)) return real_json(*real);
  if (const auto* text = std::get_if<std::string>(&cell)) return json_text(*text);
  if (const auto* blob = std::get_if<Blob>(&cell)) {
    return json::object{{"blob_bytes", blob->bytes.size()}};
  }
  return nullptr;
}

Value cell_from_json(const json::value& cell) {
  if (const auto* integer = cell.if_int64()) return *integer;
  if (const auto* real = cell.if_double()) return *real;
  if (const auto* text = cell.if_string()) return std::string(text->data(), text->size());
  if (const auto* object = cell.if_object()) {
    if (const auto* digits = object->if_contains("integer"); digits && digits->is_string()) {
      return integer_of(digits->get_string());
    }
    if (const auto* name = object->if_contains("real"); name && name->is_string()) {
      return real_of(name->get_string());
    }
    return Blob{};
  }
  return Null{};
}

}  // namespace idi::api
