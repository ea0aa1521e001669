#include "fields.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "idi/core/text.hpp"

namespace idi::api {
namespace {

/// Of a name that a client made up, as much as an error may repeat.
std::string shown(std::string_view name) {
  constexpr std::size_t most = 60;
  std::string part = text::to_valid_utf8(name.substr(0, most));
  return name.size() > most ? part + "…" : part;
}

std::optional<std::int64_t> whole_number(const json::value& value) {
  if (const auto* number = value.if_int64()) return *number;
  return std::nullopt;
}

}  // namespace

const json::value* Fields::find(std::string_view name) {
  known_.emplace_back(name);
  return object_.if_contains({name.data(), name.size()});
}

void Fields::refuse(std::string_view name, std::string_view why) {
  if (error_) return;
  error_ = make_error(ErrorCode::invalid_argument, fmt::format("\"{}\" {}", shown(name), why));
}

void Fields::require(std::string_view name) {
  if (!object_.contains({name.data(), name.size()})) refuse(name, "is missing");
}

std::optional<std::string> Fields::text(std::string_view name, std::size_t max_bytes) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  if (!value->is_string()) {
    refuse(name, "must be a text");
    return std::nullopt;
  }
  const auto& string = value->get_string();
  if (string.size() > max_bytes) {
    refuse(name, fmt::format("is longer than {} bytes", max_bytes));
    return std::nullopt;
  }
  return std::string(string.data(), string.size());
}

std::optional<std::int64_t> Fields::integer(std::string_view name, std::int64_t least,
                                            std::int64_t most) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  const auto number = whole_number(*value);
  if (!number || *number < least || *number > most) {
    refuse(name, fmt::format("must be a whole number from {} to {}", least, most));
    return std::nullopt;
  }
  return number;
}

std::optional<bool> Fields::boolean(std::string_view name) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  if (!value->is_bool()) {
    refuse(name, "must be true or false");
    return std::nullopt;
  }
  return value->get_bool();
}

std::optional<std::vector<std::string>> Fields::texts(std::string_view name, std::size_t max_count,
                                                      std::size_t max_bytes) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  const auto* array = value->if_array();
  if (!array || array->size() > max_count) {
    refuse(name, fmt::format("must be a list of at most {} texts", max_count));
    return std::nullopt;
  }
  std::vector<std::string> texts;
  for (const auto& item : *array) {
    const auto* string = item.if_string();
    if (!string || string->size() > max_bytes) {
      refuse(name, fmt::format("must hold texts of at most {} bytes", max_bytes));
      return std::nullopt;
    }
    texts.emplace_back(string->data(), string->size());
  }
  return texts;
}

std::optional<std::vector<std::int64_t>> Fields::integers(std::string_view name,
                                                          std::size_t max_count, std::int64_t least,
                                                          std::int64_t most) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  const auto* array = value->if_array();
  if (!array || array->size() > max_count) {
    refuse(name, fmt::format("must be a list of at most {} whole numbers", max_count));
    return std::nullopt;
  }
  std::vector<std::int64_t> numbers;
  for (const auto& item : *array) {
    const auto number = whole_number(item);
    if (!number || *number < least || *number > most) {
      refuse(name, fmt::format("must hold whole numbers from {} to {}", least, most));
      return std::nullopt;
    }
    numbers.push_back(*number);
  }
  return numbers;
}

Status Fields::done() {
  for (const auto& field : object_) {
    const std::string_view name(field.key().data(), field.key().size());
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
      refuse(name, "is not a field that is known here");
    }
  }
  if (error_) return *error_;
  return {};
}

}  // namespace idi::api
