#include "page.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "idi/core/text.hpp"
#include "replies.hpp"

namespace idi::api {
namespace {

/// "q=0" in any spelling refuses a coding (RFC 9110 §12.4.2).
bool is_refused(std::string_view parameters) {
  const auto place = parameters.find("q=");
  if (place == std::string_view::npos) return false;
  for (const char c : parameters.substr(place + 2)) {
    if (c >= '1' && c <= '9') return false;
    if (c != '0' && c != '.') break;
  }
  return true;
}

bool accepts(const http::Request& request, std::string_view coding) {
  const auto header = request.header("accept-encoding");
  if (!header) return false;
  bool any = false;
  for (const auto& item : text::split(text::to_lower_ascii(*header), ',')) {
    const auto semicolon = item.find(';');
    const auto name = text::trim(std::string_view(item).substr(0, semicolon));
    const bool wanted =
        semicolon == std::string::npos || !is_refused(std::string_view(item).substr(semicolon));
    if (name == coding) return wanted;
    if (name == "*") any = wanted;
  }
  return any;
}

/// Each form of a file has a tag of its own: they are different bytes.
std::string tag_of(const StaticFile& file, std::string_view coding) {
  if (coding.empty()) return std::string(file.etag);
  std::string tag(file.etag.substr(0, file.etag.size() - 1));
  tag += '-';
  tag += coding;
  tag += '"';
  return tag;
}

/// If-None-Match compares weakly (RFC 9110 §13.1.2).
bool has_already(const http::Request& request, std::string_view tag) {
  const auto header = request.header("if-none-match");
  if (!header) return false;
  for (const auto& item : text::split(*header, ',')) {
    std::string_view known = text::trim(item);
    if (known.starts_with("W/")) known.remove_prefix(2);
    if (known == tag || known == "*") return true;
  }
  return false;
}

struct Form {
  std::string_view coding;
  std::string_view bytes;
};

Form form_of(const StaticFile& file, const http::Request& request) {
  if (!file.brotli.empty() && accepts(request, "br")) return {"br", file.brotli};
  if (!file.gzip.empty() && accepts(request, "gzip")) return {"gzip", file.gzip};
  return {"", file.plain};
}

}  // namespace

Page::Page(std::vector<StaticFile> files) {
  for (auto& file : files) files_.emplace(file.path, file);
}

const StaticFile* Page::find(std::string_view path) const {
  if (const auto place = files_.find(path); place != files_.end()) return &place->second;
  const auto name = path.substr(path.rfind('/') + 1);
  if (name.find('.') != std::string_view::npos) return nullptr;
  const auto index = files_.find("/index.html");
  return index == files_.end() ? nullptr : &index->second;
}

http::Response Page::respond(const http::Request& request) const {
  const auto* file = find(request.path);
  if (!file) {
    return error_response(
        make_error(ErrorCode::not_found, fmt::format("there is nothing at {}", request.path)));
  }
  const Form form = form_of(*file, request);
  const std::string tag = tag_of(*file, form.coding);
  http::Response response;
  response.content_type = file->content_type;
  response.headers = {
      {"ETag", tag},
      {"Vary", "Accept-Encoding"},
      {"Cache-Control", file->immutable ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (has_already(request, tag)) {
    response.status = 304;
    return response;
  }
  if (!form.coding.empty()) response.headers.emplace_back("Content-Encoding", form.coding);
  response.body = form.bytes;
  return response;
}

}  // namespace idi::api
