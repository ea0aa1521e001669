#include "tables/protocol.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <utility>

#include "fields.hpp"
#include "idi/core/text.hpp"
#include "kept_answer.hpp"
#include "query/protocol.hpp"
#include "request_body.hpp"

namespace idi::api {
namespace {

constexpr std::size_t max_name_bytes = 80;

/// Not longer than so many bytes, in whole characters. REQUIRES: valid UTF-8.
std::string_view cut(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

bool is_plain(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

/// Control characters and what some file system takes for syntax become a blank; blanks are joined.
std::string file_title(std::string_view title) {
  std::string name;
  for (const char c : text::to_valid_utf8(title)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool bad = byte <= ' ' || byte == 0x7F ||
                     std::string_view("\"*/:<>?\\|%").find(c) != std::string::npos;
    if (!bad) {
      name += c;
    } else if (!name.empty() && name.back() != ' ') {
      name += ' ';
    }
  }
  name = cut(name, max_name_bytes);
  // Neither hidden nor a name that Windows cuts.
  while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.pop_back();
  while (!name.empty() && name.front() == '.') name.erase(0, 1);
  const std::string trimmed(text::trim(name));
  return trimmed.empty() ? "table" : trimmed;
}

std::string percent_encoded(std::string_view name) {
  std::string text;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain(byte) || c == '.') {
      text += c;
    } else {
      text += fmt::format("%{:02X}", byte);
    }
  }
  return text;
}

std::string ascii_name(std::string_view name) {
  std::string ascii;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain(byte) || c == '.' || c == ',' || c == '(' || c == ')') {
      ascii += c;
    } else if (!ascii.empty() && ascii.back() != '_') {
      ascii += '_';
    }
  }
  return ascii.empty() ? "table" : ascii;
}

}  // namespace

Result<std::int64_t> max_rows_of(const http::Request& request) {
  IDI_TRY(auto object, parameters_of(request, {"max_rows"}));
  Fields fields(std::move(object));
  const auto rows = fields.integer("max_rows", 1, max_requested_rows);
  IDI_CHECK(fields.done());
  return rows.value_or(max_requested_rows);
}

Result<table_file::Format> format_of(const http::Request& request) {
  IDI_TRY(auto object, parameters_of(request, {}));
  Fields fields(std::move(object));
  fields.require("format");
  const auto name = fields.text("format", 20);
  const auto format = table_file::format_from_name(name.value_or(""));
  if (!format) fields.refuse("format", "must be csv, json or xlsx");
  IDI_CHECK(fields.done());
  return *format;
}

std::string results_beginning(const std::vector<std::string>& columns,
                              const std::vector<chart::ColumnHint>& hints) {
  return "{\"columns\":" + json::serialize(columns_json(columns, hints)) + ",\"rows\":[";
}

void append_row(std::string& text, const Row& row, bool first) {
  if (!first) text += ',';
  text += json::serialize(row_json(row));
}

std::string results_ending(bool truncated) {
  return truncated ? "],\"truncated\":true}" : "],\"truncated\":false}";
}

std::string disposition_of(std::string_view title, table_file::Format format) {
  const std::string name = file_title(title);
  const auto extension = table_file::extension_of(format);
  return fmt::format("attachment; filename=\"{}.{}\"; filename*=UTF-8''{}.{}", ascii_name(name),
                     extension, percent_encoded(name), extension);
}

}  // namespace idi::api
