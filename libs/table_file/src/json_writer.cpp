#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <type_traits>
#include <utility>

#include "byte_stream.hpp"
#include "idi/core/assert.hpp"
#include "idi/core/base64.hpp"
#include "idi/core/text.hpp"
#include "writers.hpp"

namespace idi::table_file {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text::to_valid_utf8(text)) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

struct JsonText {
  std::string operator()(Null) const { return "null"; }
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(double number) const {
    return std::isfinite(number) ? fmt::format("{}", number) : "null";
  }
  std::string operator()(const std::string& text) const { return quoted(text); }
  std::string operator()(const Blob& blob) const { return '"' + to_base64(blob.bytes) + '"'; }
};

/// An object has each name once.
std::vector<std::string> unique_names(const std::vector<std::string>& columns) {
  // A suffix must not make the name of a column that comes later.
  const std::set<std::string> given(columns.begin(), columns.end());
  std::set<std::string> used;
  std::vector<std::string> names;
  for (const std::string& column : columns) {
    std::string name = column;
    for (int number = 2; (name != column && given.contains(name)) || !used.insert(name).second;
         ++number) {
      name = fmt::format("{}_{}", column, number);
    }
    names.push_back(std::move(name));
  }
  return names;
}

class JsonTableWriter final : public TableWriter {
 public:
  explicit JsonTableWriter(ByteSink sink) : stream_(std::move(sink)) {}

  Status begin(const std::vector<std::string>& columns) override {
    for (const std::string& name : unique_names(columns)) keys_.push_back(quoted(name) + ":");
    stream_.write("[");
    return {};
  }

  Status add(const Row& row) override {
    IDI_ASSERT(row.size() == keys_.size());
    stream_.write(std::exchange(first_row_, false) ? "\n{" : ",\n{");
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) stream_.write(",");
      stream_.write(keys_[i]);
      stream_.write(std::visit(JsonText{}, row[i]));
    }
    stream_.write("}");
    return stream_.pass_on();
  }

  Status finish() override {
    stream_.write("\n]\n");
    return stream_.flush();
  }

 private:
  ByteStream stream_;
  std::vector<std::string> keys_;  ///< With quotes and colon.
  bool first_row_ = true;
};

}  // namespace

std::unique_ptr<TableWriter> make_json_writer(ByteSink sink) {
  return std::make_unique<JsonTableWriter>(std::move(sink));
}

}  // namespace idi::table_file
