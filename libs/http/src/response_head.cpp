#include "response_head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <string_view>

#include "idi/core/text.hpp"

namespace idi::http {
namespace {

struct DefaultHeader {
  std::string_view name;
  std::string_view value;
};

constexpr std::array<DefaultHeader, 6> default_headers{{
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
     "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; "
     "form-action 'self'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
}};

std::string_view reason_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 426:
      return "Upgrade Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 499:
      return "Client Closed Request";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "";
  }
}

/// A header's value cannot end its line: a file name with a line break stays one header.
void append_header(std::string& head, std::string_view name, std::string_view value) {
  head += name;
  head += ": ";
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    head += (byte < 0x20 && c != '\t') || byte == 0x7f ? ' ' : c;
  }
  head += "\r\n";
}

std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 40> text{};
  std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return text.data();
}

void append_json_string(std::string& json, std::string_view utf8) {
  json += '"';
  for (const char c : text::to_valid_utf8(utf8)) {
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      json += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      json += c;
    }
  }
  json += '"';
}

}  // namespace

int status_of(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::invalid_argument:
      return 400;
    case ErrorCode::refused:
      return 403;
    case ErrorCode::not_found:
      return 404;
    case ErrorCode::conflict:
      return 409;
    case ErrorCode::limit_exceeded:
      return 429;
    case ErrorCode::sql_rejected:
    case ErrorCode::unanswerable:
      return 422;
    case ErrorCode::cancelled:
      return 499;
    case ErrorCode::not_supported:
      return 501;
    case ErrorCode::unavailable:
      return 503;
    case ErrorCode::timeout:
      return 504;
    case ErrorCode::io_failed:
    case ErrorCode::unreadable:
    case ErrorCode::wrong_version:
    case ErrorCode::internal:
      return 500;
  }
  return 500;
}

Response error_response(const Error& error) {
  Response response;
  response.status = status_of(error.code);
  std::string& json = response.body;
  json = R"({"success":false,"error":{"code":)";
  append_json_string(json, error_code_name(error.code));
  json += R"(,"message":)";
  append_json_string(json, error.message);
  if (!error.hint.empty()) {
    json += R"(,"hint":)";
    append_json_string(json, error.hint);
  }
  if (!error.detail.empty()) {
    json += R"(,"detail":)";
    append_json_string(json, error.detail);
  }
  json += "}}";
  return response;
}

Response refusal_response(const Refusal& refusal) {
  Response response = error_response(refusal.error);
  response.status = refusal.status;
  if (refusal.status == 426) response.headers.emplace_back("Sec-WebSocket-Version", "13");
  return response;
}

bool has_no_body(int status) { return status < 200 || status == 204 || status == 304; }

std::string response_head(const Response& response, const Framing& framing) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_of(response.status));
  append_header(head, "Date", http_date());
  if (!has_no_body(response.status) && !response.content_type.empty()) {
    append_header(head, "Content-Type", response.content_type);
  }
  for (const auto& [name, value] : response.headers) append_header(head, name, value);
  for (const DefaultHeader& header : default_headers) {
    const bool set = std::any_of(
        response.headers.begin(), response.headers.end(),
        [&](const auto& own) { return text::equals_ignoring_ascii_case(own.first, header.name); });
    if (!set) append_header(head, header.name, header.value);
  }
  if (framing.chunked) append_header(head, "Transfer-Encoding", "chunked");
  if (framing.content_length) {
    append_header(head, "Content-Length", std::to_string(*framing.content_length));
  }
  if (framing.close) {
    append_header(head, "Connection", "close");
  } else if (framing.say_keep_alive) {
    append_header(head, "Connection", "keep-alive");
  }
  head += "\r\n";
  return head;
}

}  // namespace idi::http
