#include "idi/core/value.hpp"

#include <fmt/format.h>

namespace idi {
namespace {

struct Display {
  std::string operator()(Null) const { return "NULL"; }
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(double number) const { return fmt::format("{}", number); }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const Blob& blob) const {
    return fmt::format("<{} byte{}>", blob.bytes.size(), blob.bytes.size() == 1 ? "" : "s");
  }
};

}  // namespace

std::string to_display(const Value& value) { return std::visit(Display{}, value); }

}  // namespace idi
