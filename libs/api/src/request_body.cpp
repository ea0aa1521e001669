#include "request_body.hpp"

#include <fmt/format.h>

#include <charconv>

#include "idi/core/text.hpp"
#include "idi/http/form.hpp"

namespace idi::api {
namespace {

Status put_once(json::object& object, std::string_view name, std::string_view value) {
  if (object.contains({name.data(), name.size()})) {
    return make_error(ErrorCode::invalid_argument, fmt::format("\"{}\" is given twice", name));
  }
  object[{name.data(), name.size()}] = json_text(value);
  return {};
}

}  // namespace

BodyKind body_kind(const http::Request& request) {
  const auto header = request.header("content-type");
  if (!header) return BodyKind::other;
  const std::string type = text::to_lower_ascii(text::trim(header->substr(0, header->find(';'))));
  if (type == "application/json") return BodyKind::json;
  if (type == "application/x-www-form-urlencoded") return BodyKind::form;
  return BodyKind::other;
}

Error unsupported_body(const http::Request& request, std::string_view wanted) {
  return make_error(ErrorCode::invalid_argument,
                    fmt::format("{} takes a body of the type {}", request.path, wanted),
                    fmt::format("Send the header \"Content-Type: {}\".", wanted));
}

Result<json::object> form_object(std::string_view body) {
  IDI_TRY(const auto fields, http::parse_form(body));
  json::object object;
  for (const auto& [name, value] : fields) IDI_CHECK(put_once(object, name, value));
  return object;
}

Result<json::object> parameters_of(const http::Request& request,
                                   const std::vector<std::string_view>& numbers) {
  json::object object;
  for (const auto& [name, value] : request.parameters) IDI_CHECK(put_once(object, name, value));
  read_numbers(object, numbers);
  return object;
}

void read_numbers(json::object& object, const std::vector<std::string_view>& names) {
  for (const auto name : names) {
    auto* value = object.if_contains({name.data(), name.size()});
    if (!value || !value->is_string()) continue;
    const auto& digits = value->get_string();
    std::int64_t number = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, number);
    if (error == std::errc() && stop == end) *value = number;
  }
}

void read_booleans(json::object& object, const std::vector<std::string_view>& names) {
  for (const auto name : names) {
    auto* value = object.if_contains({name.data(), name.size()});
    if (!value || !value->is_string()) continue;
    const bool says = value->get_string() == "true";
    if (says || value->get_string() == "false") *value = says;
  }
}

}  // namespace idi::api
