#include "json_writer.hpp"

#include <fmt/format.h>

#include <cmath>
#include <type_traits>

#include "idi/core/base64.hpp"
#include "idi/core/text.hpp"

namespace idi::cli {

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (levels_.empty()) return;
  Level& level = levels_.back();
  if (!level.empty) out_ += level.flat ? ", " : ",";
  if (!level.flat) {
    out_ += '\n';
    out_.append(2 * levels_.size(), ' ');
  }
  level.empty = false;
}

void JsonWriter::open(char open, char close, bool flat) {
  before_value();
  out_ += open;
  levels_.push_back({close, flat || (!levels_.empty() && levels_.back().flat)});
}

void JsonWriter::close() {
  const Level level = levels_.back();
  levels_.pop_back();
  if (!level.empty && !level.flat) {
    out_ += '\n';
    out_.append(2 * levels_.size(), ' ');
  }
  out_ += level.close;
}

JsonWriter& JsonWriter::begin_object() {
  open('{', '}', false);
  return *this;
}
JsonWriter& JsonWriter::end_object() {
  close();
  return *this;
}
JsonWriter& JsonWriter::begin_array(bool flat) {
  open('[', ']', flat);
  return *this;
}
JsonWriter& JsonWriter::end_array() {
  close();
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  before_value();
  quoted(name);
  out_ += ": ";
  after_key_ = true;
  return *this;
}

void JsonWriter::quoted(std::string_view value) {
  out_ += '"';
  for (const char c : text::to_valid_utf8(value)) {
    switch (c) {
      case '"':
        out_ += "\\\"";
        break;
      case '\\':
        out_ += "\\\\";
        break;
      case '\n':
        out_ += "\\n";
        break;
      case '\t':
        out_ += "\\t";
        break;
      case '\r':
        out_ += "\\r";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
          out_ += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        } else {
          out_ += c;
        }
    }
  }
  out_ += '"';
}

JsonWriter& JsonWriter::text(std::string_view value) {
  before_value();
  quoted(value);
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
  before_value();
  out_ += fmt::format("{}", value);
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  before_value();
  out_ += std::isfinite(value) ? fmt::format("{}", value) : "null";
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  before_value();
  out_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  before_value();
  out_ += "null";
  return *this;
}

JsonWriter& JsonWriter::value(const Value& cell) {
  std::visit(
      [&](const auto& content) {
        using Content = std::decay_t<decltype(content)>;
        if constexpr (std::is_same_v<Content, Null>) {
          null();
        } else if constexpr (std::is_same_v<Content, std::int64_t>) {
          integer(content);
        } else if constexpr (std::is_same_v<Content, double>) {
          number(content);
        } else if constexpr (std::is_same_v<Content, std::string>) {
          text(content);
        } else {
          begin_object().key("base64").text(to_base64(content.bytes)).end_object();
        }
      },
      cell);
  return *this;
}

JsonWriter& JsonWriter::texts(const std::vector<std::string>& values) {
  begin_array(true);
  for (const auto& value : values) text(value);
  return end_array();
}

std::string JsonWriter::take() {
  out_ += '\n';
  return std::move(out_);
}

}  // namespace idi::cli
