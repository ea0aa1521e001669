#include "json.hpp"

#include <boost/json/parse.hpp>
#include <cmath>
#include <limits>
#include <utility>

#include "idi/core/text.hpp"

namespace idi::llm {
namespace {

constexpr std::size_t max_depth = 32;

const json::value* value_in(const json::object& object, std::string_view key) {
  return object.if_contains({key.data(), key.size()});
}

}  // namespace

std::optional<json::object> parse_object(std::string_view text) {
  json::parse_options options;
  options.max_depth = max_depth;
  options.allow_invalid_utf8 = true;
  json::error_code error;
  json::value value = json::parse({text.data(), text.size()}, error, {}, options);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

const json::object* object_in(const json::object& object, std::string_view key) {
  const auto* value = value_in(object, key);
  return value ? value->if_object() : nullptr;
}

const json::array* array_in(const json::object& object, std::string_view key) {
  const auto* value = value_in(object, key);
  return value ? value->if_array() : nullptr;
}

std::string_view text_in(const json::object& object, std::string_view key) {
  const auto* value = value_in(object, key);
  const auto* text = value ? value->if_string() : nullptr;
  return text ? std::string_view(text->data(), text->size()) : std::string_view();
}

std::optional<double> number_in(const json::object& object, std::string_view key) {
  const auto* value = value_in(object, key);
  if (!value) return std::nullopt;
  if (const auto* integer = value->if_int64()) return static_cast<double>(*integer);
  if (const auto* natural = value->if_uint64()) return static_cast<double>(*natural);
  if (const auto* real = value->if_double()) return *real;
  return std::nullopt;
}

int int_in(const json::object& object, std::string_view key, int otherwise) {
  const auto number = number_in(object, key);
  constexpr double largest = std::numeric_limits<int>::max();
  if (!number || !(std::abs(*number) <= largest)) return otherwise;
  return static_cast<int>(*number);
}

bool is_true_in(const json::object& object, std::string_view key) {
  const auto* value = value_in(object, key);
  return value && value->is_bool() && value->get_bool();
}

json::string json_text(std::string_view text) {
  const std::string valid = text::to_valid_utf8(text);
  return json::string(valid.data(), valid.size());
}

json::array json_texts(const std::vector<std::string>& texts) {
  json::array array;
  for (const auto& text : texts) array.emplace_back(json_text(text));
  return array;
}

}  // namespace idi::llm
