#include "server_error.hpp"

#include <fmt/format.h>

#include <string>

#include "idi/core/result.hpp"
#include "idi/core/text.hpp"

namespace idi::llm {
namespace {

constexpr std::size_t max_shown_bytes = 500;

std::string shown(std::string_view words) {
  words = text::trim(words);
  std::string text = text::to_valid_utf8(words.substr(0, max_shown_bytes));
  if (words.size() > max_shown_bytes) text += "…";
  return text;
}

struct ServerWords {
  std::string text;
  std::string type;  ///< "exceed_context_size_error", "BadRequestError", a code as text.
  int status = 0;    ///< Told inside; 0: not.
  int prompt_tokens = 0, context_tokens = 0;
};

ServerWords words_of(const json::object& object) {
  ServerWords words;
  const json::object* error = object_in(object, "error");
  const json::object& place = error ? *error : object;
  for (const char* key : {"message", "error", "detail"}) {
    if (words.text.empty()) words.text = shown(text_in(place, key));
  }
  words.type = std::string(text_in(place, "type")) + " " + std::string(text_in(place, "code"));
  words.status = int_in(place, "code");
  words.prompt_tokens = int_in(place, "n_prompt_tokens");
  words.context_tokens = int_in(place, "n_ctx");
  return words;
}

bool is_about_length(const ServerWords& words) {
  for (const char* sign : {"exceed_context_size_error", "context_length_exceeded"}) {
    if (words.type.find(sign) != std::string::npos) return true;
  }
  for (const char* sign : {"maximum context length", "available context size", "max_model_len"}) {
    if (words.text.find(sign) != std::string::npos) return true;
  }
  return false;
}

Error too_long(const ServerWords& words) {
  std::string message = "the prompt is longer than the model's context";
  if (words.prompt_tokens > 0 && words.context_tokens > 0) {
    message = fmt::format("the prompt has {} tokens, the model's context {}", words.prompt_tokens,
                          words.context_tokens);
  }
  return make_error(ErrorCode::limit_exceeded, std::move(message),
                    "start the model server with a larger context, or ask about fewer tables",
                    words.text);
}

Error error_of(int status, const ServerWords& words) {
  if (is_about_length(words)) return too_long(words);
  switch (status) {
    case 401:
    case 403:
      return make_error(ErrorCode::refused, "the model server does not accept the key",
                        "look at the key that IDI was given for it", words.text);
    case 404:
      return make_error(ErrorCode::not_found, "the model server does not know what was asked for",
                        "is the model's name right?", words.text);
    case 408:
    case 429:
    case 502:
    case 503:
    case 504:
      return make_error(ErrorCode::unavailable,
                        "the model server is not ready, or has too much to do", {}, words.text);
    default:
      break;
  }
  if (status >= 400 && status < 500) {
    return make_error(ErrorCode::invalid_argument, "the model server did not accept the request",
                      {}, words.text);
  }
  return make_error(ErrorCode::unavailable,
                    fmt::format("the model server failed (status {})", status), {}, words.text);
}

}  // namespace

Error error_of_response(int status, std::string_view body) {
  const auto object = parse_object(body);
  ServerWords words;
  if (object) words = words_of(*object);
  if (words.text.empty()) words.text = shown(body);
  return error_of(status, words);
}

Error error_of_object(const json::object& object) {
  const ServerWords words = words_of(object);
  return error_of(words.status == 0 ? 500 : words.status, words);
}

Error no_sense(std::string_view what, std::string_view body) {
  return make_error(ErrorCode::internal, fmt::format("the model server {}", what),
                    "is this the address of a model server?", shown(body));
}

}  // namespace idi::llm
