// What a request says, before it is understood: its body as an object, its parameters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/http/server.hpp"
#include "json.hpp"

namespace idi::api {

enum class BodyKind { json, form, other };
/// By Content-Type, parameters ("; charset=utf-8") aside.
[[nodiscard]] BodyKind body_kind(const http::Request& request);
/// For 415: a body is there and is not JSON.
[[nodiscard]] Error unsupported_body(const http::Request& request, std::string_view wanted);

/// application/x-www-form-urlencoded, as the object that JSON would have been: every value is a
/// text. Errors: invalid_argument (a field twice, a broken escape, no UTF-8), limit_exceeded.
[[nodiscard]] Result<json::object> form_object(std::string_view body);

/// The query string as an object; values that are whole numbers come as such for the fields named
/// in `numbers`. Errors: invalid_argument (a parameter twice).
[[nodiscard]] Result<json::object> parameters_of(const http::Request& request,
                                                 const std::vector<std::string_view>& numbers);

/// Turns the texts of these fields into numbers where they are whole numbers.
void read_numbers(json::object& object, const std::vector<std::string_view>& names);
/// Turns the texts "true" and "false" of these fields into what they say.
void read_booleans(json::object& object, const std::vector<std::string_view>& names);

}  // namespace idi::api
