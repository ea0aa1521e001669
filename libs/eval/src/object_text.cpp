#include "object_text.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <boost/json/string_view.hpp>
#include <utility>

#include "idi/core/text.hpp"
#include "idi/eval/report.hpp"

namespace idi::eval {

void ObjectText::add(std::string_view name, std::string_view json) {
  text_ += text_.empty() ? "" : ",";
  text_ += quoted(name) + ":" + std::string(json);
}

void ObjectText::add(std::string_view name, std::size_t number) {
  add(name, fmt::format("{}", number));
}

std::string ObjectText::take() { return "{" + std::exchange(text_, {}) + "}"; }

std::string ObjectText::quoted(std::string_view text) {
  return boost::json::serialize(boost::json::string_view(text::to_valid_utf8(text)));
}

std::string tally_json(const Tally& tally) {
  ObjectText object;
  object.add("count", tally.count);
  object.add("correct", tally.right);
  object.add("execution_accuracy", percent_text(tally));
  return object.take();
}

std::string kinds_json(const std::map<ErrorKind, std::size_t>& counts) {
  ObjectText object;
  for (const ErrorKind kind : all_error_kinds) {
    const auto count = counts.find(kind);
    object.add(error_kind_name(kind), count == counts.end() ? 0 : count->second);
  }
  return object.take();
}

}  // namespace idi::eval
