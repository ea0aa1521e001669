// Writes one JSON text, indented by two blanks. Commas and quoting are its matter, balance is the
// caller's. Pure; invalid UTF-8 becomes U+FFFD.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/value.hpp"

namespace idi::cli {

class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  /// `flat`: on one line.
  JsonWriter& begin_array(bool flat = false);
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& text(std::string_view value);
  JsonWriter& integer(std::int64_t value);
  /// Shortest form that reads back the same; not finite: null.
  JsonWriter& number(double value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  JsonWriter& value(const Value& cell);
  JsonWriter& texts(const std::vector<std::string>& values);

  /// The text, with a newline at its end.
  [[nodiscard]] std::string take();

 private:
  struct Level {
    char close;
    bool flat;
    bool empty = true;
  };
  void before_value();
  void open(char open, char close, bool flat);
  void close();
  void quoted(std::string_view value);

  std::string out_;
  std::vector<Level> levels_;
  bool after_key_ = false;
};

}  // namespace idi::cli
